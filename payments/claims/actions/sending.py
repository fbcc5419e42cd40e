"""Send a claim, answer a question about it, withdraw it, open it again."""

from django.utils import timezone
from django.utils.translation import gettext as _

from payments.claims import emails, queries, rules
from payments.claims.actions.filling import MAX_REASON
from payments.claims.models.claim import Claim
from payments.claims.models.notes import ClaimNote
from payments.claims.shares import check_choice_still_offered
from payments.claims.transitions import ClaimError, clear_first_decision, lock_claim, reset_to_draft, transition
from payments.policy import queries as policy_queries
from people.messages.telling import tell_many, told_in_passing
from people.models import User
from wellbeing.lib.actions import action
from wellbeing.lib.dates import add_working_days
from wellbeing.lib.money import pounds


class TotalChangedError(ClaimError):
    """A claim comes to another sum than the one its person agreed to: `pence`, now."""

    def __init__(self, pence: int) -> None:
        self.pence = pence
        super().__init__(
            _("Your claim has changed since you opened this page. It now comes to %(amount)s. Check it, then send it.")
            % {"amount": pounds(pence)},
            field="agree",
        )


# Sending, taking back, starting again
@action
def submit(*, claim: Claim, by: User, late_reason: str = "", total: int | None = None) -> Claim:
    """Send a claim to be checked, with the day we promise to pay by. Raises ClaimError when something is missing.

    After the time to claim has ended it needs a reason, which the approver reads; without one raises ClaimError
    (field "late_reason"). `total` is the pence they agreed to: it raises TotalChangedError when the claim comes to
    another sum by now. A person whom staff entered it for is told what was sent. Locks the claim.
    """
    claim = lock_claim(claim)
    rules.can_submit(by, claim).insist(ClaimError)
    _must_be_complete(claim)
    comes_to = sum(line.amount_pence for line in claim.lines.all())
    if total is not None and total != comes_to:
        raise TotalChangedError(comes_to)
    now = timezone.now()
    is_late = queries.days_late(claim, timezone.localdate(now)) > 0
    late_reason = late_reason.strip()[:MAX_REASON] if is_late else ""
    if is_late and not late_reason:
        raise ClaimError(_("Say why this claim is late. We will look at it."), field="late_reason")
    closed = policy_queries.closed_days(claim.programme_id)
    pay_by = add_working_days(timezone.localdate(now), claim.terms.pay_within_working_days, closed)
    transition(
        claim,
        Claim.Status.SUBMITTED,
        submitted_at=now,
        submitted_by=by.person,
        pay_by=pay_by,
        late_reason=late_reason,
    )
    if by.person.pk == claim.person_id:
        tell_many(emails.claim_received(claim))
    else:
        tell_many(emails.claim_entered(claim))
    return claim


@action
def answer(*, claim: Claim, by: User, answer: str) -> Claim:
    """Answer the question on a returned claim, which sends it again in its old place in the queue. Locks the claim.

    Where `by` writes down what its person said, nobody has to ring about the question any more.
    """
    claim = lock_claim(claim)
    rules.can_answer(by, claim).insist(ClaimError)
    if not answer.strip():
        raise ClaimError(_("Write your answer."), field="answer")
    _must_be_complete(claim)
    ClaimNote.objects.create(claim=claim, by=by.person, body=answer.strip())
    transition(claim, Claim.Status.SUBMITTED)
    if by.person.pk != claim.person_id:
        told_in_passing(queries.questions_of(claim), by.person, _("On the phone, when they answered"))
    return claim


@action
def withdraw(*, claim: Claim, by: User) -> Claim:
    """Take a claim back before it is approved. Locks the claim."""
    claim = lock_claim(claim)
    rules.can_withdraw(by, claim).insist(ClaimError)
    transition(claim, Claim.Status.WITHDRAWN, withdrawn_by=by.person, **clear_first_decision(claim))
    return claim


@action
def ask_again(*, claim: Claim, by: User, words: str) -> Claim:
    """Ask to have a claim looked at again that was not approved; it keeps its place and the day we promised.

    Somebody else decides then. Raises ClaimError for a claim that was looked at twice, or without `words`. Locks the
    claim.
    """
    claim = lock_claim(claim)
    rules.can_ask_again(by, claim).insist(ClaimError)
    if not words.strip():
        raise ClaimError(_("Tell us why we should look at it again."), field="words")
    ClaimNote.objects.create(claim=claim, by=by.person, kind=ClaimNote.Kind.ASK_AGAIN, body=words.strip())
    transition(claim, Claim.Status.SUBMITTED, asked_again_at=timezone.now())
    return claim


@action
def reopen(*, claim: Claim, by: User) -> Claim:
    """Start a claim again that its owner took back. Locks the claim."""
    claim = lock_claim(claim)
    rules.can_reopen(by, claim).insist(ClaimError)
    reset_to_draft(claim)
    return claim


def _must_be_complete(claim: Claim) -> None:
    check_choice_still_offered(claim)
    lines = list(claim.lines.all())
    if not sum(line.amount_pence for line in lines):
        raise ClaimError(_("There is nothing to pay on this claim yet. Add what you spent."))
    for line, refused in queries.lines_without_receipt(claim):
        params = {"what": line.description, "problem": refused.problem if refused else ""}
        if refused:
            raise ClaimError(_("The receipt for “%(what)s” did not work. %(problem)s") % params)
        raise ClaimError(_("Add a receipt for “%(what)s”, or remove it from your claim.") % params)
