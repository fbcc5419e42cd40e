"""Make the draft of a claim, with its time priced."""

from django.utils import timezone
from django.utils.translation import gettext as _

from payments.claims import queries, shares
from payments.claims.models.claim import Claim
from payments.claims.models.lines import ClaimLine
from payments.claims.transitions import ClaimError
from payments.policy import calculations
from payments.policy import queries as policy_queries
from payments.policy import wording as policy_wording
from payments.shared import wording as shared_wording
from payments.shared.models import ReferenceCounter
from wellbeing.lib.dates import long_date


def new_claim(programme, **fields):
    """Create a draft claim in `programme`, with the next reference and the choice of payment made beforehand.

    Raises RuntimeError outside a transaction.
    """
    reference = f"{programme.short_code}-{ReferenceCounter.objects.next_claim(programme):04d}"
    wish = shares.for_new_claim(fields["person"], programme)
    return Claim.objects.create(programme=programme, reference=reference, **{**wish, **fields})


def add_time(claim, hours, on=None):
    """Add the line for `hours` of the claim's activity, priced by its terms; none where they do not pay it.

    `on` is the day of an event over several days, which each have a line; the day of the activity if left out.
    """
    line = ClaimLine(claim=claim, category=ClaimLine.Category.TIME, on=on or claim.activity_date)
    if price_time(line, hours):
        line.save()


def price_time(line, hours):
    """Give the line for time so many `hours`, priced by the terms of its claim. False where they pay no time."""
    claim = line.claim
    rule = policy_queries.fee_rule_of(
        claim.terms, claim.person_id, claim.activity, claim.activity_date, hours, claim.event
    )
    if rule is None:
        return False
    line.hours = hours
    words = {"hours": shared_wording.hours_in_words(hours), "day": long_date(line.on)}
    several = claim.event is not None and claim.event.has_several_days
    line.description = (_("Time on %(day)s: %(hours)s") if several else _("Time: %(hours)s")) % words
    line.by_offer = rule.version_id != claim.policy_id
    line.amount_pence = calculations.fee(rule.terms, hours)
    line.rate_note = policy_wording.with_version(
        policy_wording.rate_used(rule, hours), rule.version if line.by_offer else None
    )
    return True


def check_day(*, programme, person, activity, on):
    """Return the PolicyVersion that pays `person` for `activity` on the day `on`, outside events.

    Raises ClaimError for a day to come or one on which they were not in the programme (field "on"), or where the policy
    of that day does not pay it (field "activity").
    """
    if on > timezone.localdate():
        raise ClaimError(_("This day is still to come. You can claim for it afterwards."), field="on")
    if not queries.was_in_programme(person, programme, on):
        raise ClaimError(
            _("This day is before joining the programme, or after leaving it. Check the day."),
            field="on",
        )
    policy = policy_queries.policy_in_force(programme, on)
    if policy is None or not queries.is_paid_apart(policy, activity):
        raise ClaimError(
            _("This was not paid on %(day)s. Ask %(who)s if you think it should be.")
            % {"day": long_date(on), "who": programme.contact_name},
            field="activity",
        )
    return policy
