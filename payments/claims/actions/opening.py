"""Open a claim for somebody who took part, and close it when they did not."""

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from payments.claims import emails, shares
from payments.claims.actions.transitions import ClaimError, lock_claim, reset_to_draft, transition
from payments.claims.models.claim import Claim
from payments.claims.models.lines import ClaimLine
from payments.policy import calculations
from payments.policy import queries as policy_queries
from payments.policy import wording as policy_wording
from payments.shared import wording as shared_wording
from payments.shared.models import ReferenceCounter
from people.messages import actions as message_actions
from programmes.models import Role


# From attendance to a claim
@transaction.atomic
def open_for_attendance(*, attendance, by):
    """Open the claim of a person with lived experience who came to an event, with their time already priced.

    Called again it returns the claim that is there; a claim staff closed because the person had not come is opened
    again. Where the person did not come after all, an unsent claim is closed. Returns the Claim, or None where there
    is none to have: not a person with lived experience, or no policy in force that day. Raises ClaimError when the
    person did not come but has already sent their claim.
    """
    event, person = attendance.event, attendance.person
    if not attendance.came:
        return _close_for_attendance(event, person, by)
    today = timezone.localdate()
    day = event.day
    in_programme = person.memberships.filter(programme=event.programme_id, role=Role.LIVED_EXPERIENCE).filter(
        Q(starts_on__lte=max(day, today)), Q(ends_on=None) | Q(ends_on__gte=day)
    )
    policy = policy_queries.policy_in_force(event.programme, day)
    if policy is None or not in_programme.exists():
        return None
    known = Claim.objects.filter(event=event, person=person).first()
    if known:
        return _open_again(known)
    try:
        with transaction.atomic():
            claim = new_claim(
                event.programme,
                person=person,
                event=event,
                activity=event.kind,
                description=event.title,
                activity_date=day,
                policy=policy,
            )
    except IntegrityError:
        # Somebody else recorded the same attendance at the same moment.
        return Claim.objects.get(event=event, person=person)
    add_time(claim, calculations.hours_between(event.starts_at, event.ends_at))
    message_actions.enqueue_many(emails.claim_waiting(claim))
    return claim


def new_claim(programme, **fields):
    """A draft Claim of `programme` with the next reference and the person's standing wish; call it in a transaction."""
    reference = f"{programme.short_code}-{ReferenceCounter.objects.next_claim(programme):04d}"
    wish = shares.for_new_claim(fields["person"], programme)
    return Claim.objects.create(programme=programme, reference=reference, **wish, **fields)


def add_time(claim, hours):
    """Price `hours` (Decimal) of the claim's activity by its policy, as its line of time; none where it is not paid."""
    rule = policy_queries.fee_rule_of(claim.policy, claim.person_id, claim.activity, claim.activity_date, claim.event)
    if rule is None:
        return
    ClaimLine.objects.create(
        claim=claim,
        category=ClaimLine.Category.TIME,
        description=_("Time: %(hours)s") % {"hours": shared_wording.hours_in_words(hours)},
        on=claim.activity_date,
        hours=hours,
        amount_pence=calculations.fee(rule.terms, hours),
        rate_note=policy_wording.rate_used(rule, hours),
    )


def _open_again(claim):
    if not _closed_by_staff(claim):
        # Not locked: whoever makes a payment run holds sent claims while they wait for a number, which we may hold.
        return claim
    claim = lock_claim(claim)
    if _closed_by_staff(claim):
        reset_to_draft(claim)
    return claim


def _closed_by_staff(claim):
    return claim.status == Claim.Status.WITHDRAWN and claim.withdrawn_by_id not in {None, claim.person_id}


def _close_for_attendance(event, person, by):
    claim = Claim.objects.filter(event=event, person=person).first()
    if claim is not None and claim.status == Claim.Status.DRAFT:
        claim = lock_claim(claim)
    if claim is None or claim.status == Claim.Status.WITHDRAWN:
        return
    if claim.status != Claim.Status.DRAFT:
        raise ClaimError(
            _(
                "%(name)s has already sent claim %(reference)s for this day, so they cannot be marked as not there."
                " Return the claim with a question, and ask them to take it back."
            )
            % {"name": person.full_name, "reference": claim.reference}
        )
    transition(claim, Claim.Status.WITHDRAWN, withdrawn_by=by.person)
    return
