"""Ask to have the rest of a claim looked at again that was approved in part."""

from django.utils import timezone
from django.utils.translation import gettext as _

from payments.claims import rules
from payments.claims.drafts import new_claim
from payments.claims.models.claim import Claim
from payments.claims.models.lines import ClaimLine
from payments.claims.models.notes import ClaimNote
from payments.claims.transitions import ClaimError, lock_claim, transition
from payments.policy import queries as policy_queries
from people.models import User
from wellbeing.lib.actions import action
from wellbeing.lib.dates import add_working_days
from wellbeing.lib.money import pounds


@action
def ask_for_the_rest(*, claim: Claim, by: User, words: str) -> Claim:
    """Ask to have what was not agreed of a claim looked at again. Returns a new claim for the rest, which is sent.

    What was agreed is paid as it is, and nothing of that claim changes; what is agreed of the rest is paid by itself.
    Somebody else decides on it. Raises ClaimError for a claim agreed in full, the second time and without `words`
    (field "words"). Locks the claim.
    """
    claim = lock_claim(claim)
    rules.can_ask_again(by, claim).insist(ClaimError)
    if not claim.is_agreed_in_part:
        raise ClaimError(_("Only a claim that was approved in part has a rest to look at."))
    if not words.strip():
        raise ClaimError(_("Tell us why we should look at it again."), field="words")
    lines = list(claim.lines.all())
    rest = new_claim(
        claim.programme,
        person=claim.person,
        looks_again_at=claim,
        activity=claim.activity,
        description=(_("%(what)s, looked at again") % {"what": claim.description})[:200],
        activity_date=claim.activity_date,
        policy=claim.policy,
        offered=claim.offered,
        **_choice_for_the_rest(claim, lines),
    )
    for line in lines:
        _add_the_rest(rest, line)
    ClaimNote.objects.create(claim=rest, by=by.person, kind=ClaimNote.Kind.ASK_AGAIN, body=words.strip())
    now = timezone.now()
    closed = policy_queries.closed_days(claim.programme_id)
    pay_by = add_working_days(timezone.localdate(now), claim.terms.pay_within_working_days, closed)
    transition(rest, Claim.Status.SUBMITTED, submitted_at=now, submitted_by=by.person, pay_by=pay_by)
    return rest


def _choice_for_the_rest(claim: Claim, lines: list[ClaimLine]) -> dict[str, object]:
    """Return the fields of the choice of payment: that of the first claim, less the part it has paid already."""
    recognition, pence = claim.recognition, claim.recognition_pence
    if recognition == Claim.Recognition.PART:
        paid = sum(line.approved_pence or 0 for line in lines if line.is_time)
        pence = max((pence or 0) - paid, 0) or None
        recognition = Claim.Recognition.NONE if pence is None else recognition
    return {"recognition": recognition, "recognition_pence": pence, "recognition_offer": claim.recognition_offer}


def _add_the_rest(rest: Claim, line: ClaimLine) -> None:
    agreed = line.approved_pence or 0
    if agreed == line.amount_pence:
        return
    copied = (
        "category expense_kind description on hours hours_reason miles vehicle passengers nights hours_spent"
        " prior_approval_by no_receipt_reason no_receipt_words"
    )
    ClaimLine.objects.create(
        claim=rest,
        adds_to=line,
        amount_pence=line.amount_pence - agreed,
        rate_note=_("The rest of %(asked)s, of which %(agreed)s was agreed")
        % {"asked": pounds(line.amount_pence), "agreed": pounds(agreed)},
        **{name: getattr(line, name) for name in copied.split()},
    )
