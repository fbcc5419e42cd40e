"""Decide on claims that were sent: approve line by line or many at once, decline, return with a question."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from payments.advances import recovery
from payments.approval import queries, rules
from payments.approval.models import StaffNote
from payments.approval.reasons import approval_blockers, needs_second_approval
from payments.approval.warnings import warnings_of
from payments.budgets import charging
from payments.claims import emails as claim_emails
from payments.claims import queries as claim_queries
from payments.claims import rules as claim_rules
from payments.claims.models.claim import Claim
from payments.claims.models.lines import ClaimLine
from payments.claims.models.notes import ClaimNote
from payments.claims.transitions import ClaimError, clear_first_decision, lock_claim, transition
from payments.payees import queries as payee_queries
from payments.policy import calculations
from people.messages.telling import tell_many
from people.models import User
from programmes.models import Programme
from wellbeing.lib.actions import action
from wellbeing.lib.money import pounds
from wellbeing.lib.types import Pence

# References named in one sentence; the page lists them all.
MAX_NAMED = 10


@dataclass(frozen=True)
class LineDecision:
    """The amount approved of one line, and for less than asked the reason its person reads."""

    line: ClaimLine
    approved_pence: Pence
    reason: str = ""


class StaleClaimsError(ClaimError):
    """Some of the chosen claims no longer wait to be checked: `claims`, as they stand now."""

    def __init__(self, claims: Collection[Claim]) -> None:
        self.claims = claims
        super().__init__(
            ngettext(
                "%(n)s claim you chose has already been dealt with, so nothing was approved: %(listed)s.",
                "%(n)s claims you chose have already been dealt with, so nothing was approved: %(listed)s.",
                len(claims),
            )
            % {
                "n": len(claims),
                "listed": _listed([f"{claim.reference} ({claim.get_status_display()})" for claim in claims]),
            }
        )


class NeedsIndividualReviewError(ClaimError):
    """Some of the chosen claims have to be decided one by one, each for the sentence beside it in `reasons`."""

    def __init__(self, reasons: Collection[tuple[Claim, str]]) -> None:
        self.reasons = reasons
        super().__init__(
            ngettext(
                "%(n)s claim you chose has to be looked at alone, so nothing was approved: %(listed)s.",
                "%(n)s claims you chose have to be looked at alone, so nothing was approved: %(listed)s.",
                len(reasons),
            )
            % {
                "n": len(reasons),
                "listed": _listed([f"{claim.reference}, {claim.person.full_name}" for claim, _why in reasons]),
            }
        )


def _listed(names: list[str]) -> str:
    listed = "; ".join(names[:MAX_NAMED])
    if len(names) > MAX_NAMED:
        listed += _(" and %(n)s more") % {"n": len(names) - MAX_NAMED}
    return listed


# One claim


@action
def approve(*, claim: Claim, by: User, decisions: Iterable[LineDecision] = (), duplicate_reason: str = "") -> Claim:
    """Approve a claim, all of it or less, so that finance can pay it. Returns the Claim.

    `decisions` holds a LineDecision for each line not approved as it stands: lines left out keep what the first
    approver decided, else are approved in full. Where the policy asks for two approvals, for the amount or for what has
    no receipt, the first is recorded and the claim waits for the second. When less was approved the person is told what
    and why.

    Raises ClaimError for one's own claim; with a receipt unread; when less is approved without a reason, more than was
    asked, or nothing at all (that is `decline`); and, with field "duplicate_reason", when the claim looks like another
    and `duplicate_reason` does not say why it is approved all the same. Raises BudgetError as `charge_to_line` does.
    Locks the claim, its budget line and its person's advances, in that order.
    """
    claim = lock_claim(claim)
    rules.can_approve(by, claim).insist(ClaimError)
    _receipts_must_be_read(claim)
    duplicate_reason = duplicate_reason.strip() or claim.duplicate_reason
    if not duplicate_reason and any(warning.needs_reason for warning in warnings_of(claim, by)):
        raise ClaimError(
            _("This claim looks like another one. Say why it is right to approve it."), field="duplicate_reason"
        )
    lines = _decide(claim, decisions)
    approved_pence = sum(line.approved_pence or 0 for line in lines)
    if not approved_pence:
        raise ClaimError(_("If nothing is agreed, choose “Do not approve”, so that the person learns why."))
    claim.duplicate_reason = duplicate_reason
    no_receipt_pence = sum(line.approved_pence or 0 for line in lines if line.no_receipt_reason)
    if claim.first_approved_by_id is None and needs_second_approval(claim, approved_pence, no_receipt_pence):
        claim.first_approved_by, claim.first_approved_at = by.person, timezone.now()
        claim.save(update_fields=["first_approved_by", "first_approved_at", "duplicate_reason"])
        return claim
    in_full = all(line.approved_pence == line.amount_pence for line in lines)
    _approve_amounts(claim, lines, by, Claim.Status.APPROVED if in_full else Claim.Status.PARTLY_APPROVED)
    if not in_full:
        tell_many(claim_emails.claim_partly_approved(claim, lines))
    return claim


def _receipts_must_be_read(claim: Claim) -> None:
    if claim_queries.receipts_being_checked(claim):
        raise ClaimError(_("A receipt is still being checked. Try again in a minute."))
    if claim_queries.lines_without_receipt(claim):
        raise ClaimError(_("A receipt could not be opened. Return the claim and ask for it again."))


def _decide(claim: Claim, decisions: Iterable[LineDecision]) -> list[ClaimLine]:
    """Save the amount approved of each line of a locked claim. Returns its lines."""
    lines = list(claim.lines.order_by("-category", "pk"))
    decided = {decision.line.pk: decision for decision in decisions}
    if decided.keys() - {line.pk for line in lines}:
        raise ClaimError(_("This line is no longer on the claim. Open the page again."))
    for line in lines:
        decision = decided.get(line.pk)
        if decision is not None:
            approved_pence, line.decision_reason = decision.approved_pence, decision.reason.strip()
        else:
            approved_pence = line.amount_pence if line.approved_pence is None else line.approved_pence
        line.approved_pence = approved_pence
        params = {"what": line.description, "asked": pounds(line.amount_pence)}
        if not 0 <= approved_pence <= line.amount_pence:
            raise ClaimError(_("For “%(what)s”, approve %(asked)s or less.") % params)
        if approved_pence == line.amount_pence:
            line.decision_reason = ""
        elif not line.decision_reason:
            raise ClaimError(_("For “%(what)s”, say why less is approved. The person reads it.") % params)
        line.save(update_fields=["approved_pence", "decision_reason"])
    return lines


def _approve_amounts(claim: Claim, lines: Collection[ClaimLine], by: User, status: str) -> None:
    """Approve a locked claim: fix where its money goes, charge its budget line, take advances off, set its `status`.

    Budget lines are locked before advances, here and where many are approved, so that two people never lock up.
    """
    agreed = calculations.totals((line.is_time, line.approved_pence or 0) for line in lines)
    unspent = calculations.shares(agreed.time, agreed.expenses, claim.recognition, claim.recognition_pence).waived
    charging.charge_to_line(claim=claim, pence=agreed.total - unspent, by=by)
    shares = calculations.shares(
        agreed.time,
        agreed.expenses,
        claim.recognition,
        claim.recognition_pence,
        advance_pence=recovery.open_pence(claim),
        payroll=payee_queries.goes_through_payroll(claim.person_id, claim.programme_id, claim.activity_date),
    )
    transition(
        claim,
        status,
        approved_at=timezone.now(),
        approved_by=by.person,
        duplicate_reason=claim.duplicate_reason,
        approved_pence=agreed.total,
        money_pence=shares.money,
        payroll_pence=shares.payroll,
        voucher_pence=shares.voucher,
        donation_pence=shares.donation,
        waived_pence=shares.waived,
        advance_recovered_pence=shares.advance_recovered,
    )
    recovery.use(claim)


@action
def decline(*, claim: Claim, by: User, reason: str) -> Claim:
    """Do not approve a claim, and tell its person why and whom to ask. They can ask to have it looked at again.

    Raises ClaimError for one's own claim, for one this person declined before, and without a reason. Locks the claim.
    """
    claim = lock_claim(claim)
    rules.can_decline(by, claim).insist(ClaimError)
    reason = reason.strip()
    if not reason:
        raise ClaimError(_("Say why. The person reads it."), field="reason")
    now = timezone.now()
    ClaimNote.objects.create(claim=claim, by=by.person, kind=ClaimNote.Kind.DECLINE, body=reason, written_at=now)
    transition(
        claim,
        Claim.Status.DECLINED,
        declined_at=now,
        declined_by=by.person,
        decline_reason=reason,
        **clear_first_decision(claim),
    )
    tell_many(claim_emails.claim_declined(claim))
    return claim


@action
def return_with_question(*, claim: Claim, by: User, question: str) -> Claim:
    """Return a claim to its person with a question, and tell them. A first approval falls away.

    Locks the claim.
    """
    claim = lock_claim(claim)
    rules.can_return(by, claim).insist(ClaimError)
    if not question.strip():
        raise ClaimError(_("Write your question."), field="question")
    note = ClaimNote.objects.create(claim=claim, by=by.person, body=question.strip())
    transition(claim, Claim.Status.RETURNED, **clear_first_decision(claim))
    tell_many(claim_emails.claim_question(claim, note))
    return claim


@action
def note(*, claim: Claim, by: User, words: str) -> StaffNote:
    """Write a note on a claim for colleagues; its person never sees it. Returns the StaffNote. Locks the claim."""
    claim = lock_claim(claim)
    rules.can_note(by, claim).insist(ClaimError)
    if not words.strip():
        raise ClaimError(_("Write your note."), field="words")
    return StaffNote.objects.create(claim=claim, by=by.person, body=words.strip())


# Many claims


@action
def approve_many(*, programme: Programme, claims: Iterable[Claim], by: User) -> list[Claim]:
    """Approve `claims` of `programme` in full: all of them, or none. Returns them, approved.

    Raises StaleClaimsError when any no longer waits to be checked, NeedsIndividualReviewError when any must be looked
    at alone (see `approval_blockers`), ClaimError when nothing is chosen. Locks the claims, their budget lines and
    their people's advances, each in one order.
    """
    claim_rules.can_check_claims(by, programme).insist(ClaimError)
    ids = {claim.pk for claim in claims}
    if not ids:
        raise ClaimError(_("Choose at least one claim to approve."))
    # Locked in one order, so that two people choosing the same claims wait for each other instead of locking up.
    chosen = list(
        Claim.objects.select_for_update(of=("self",))
        .select_related("person", "programme", "policy")
        .filter(pk__in=ids, programme=programme)
        .order_by("pk")
    )
    if len(chosen) != len(ids):
        raise ClaimError(_("Some of the claims you chose are not in this programme."))
    moved_on = [claim for claim in chosen if claim.status != Claim.Status.SUBMITTED]
    if moved_on:
        raise StaleClaimsError(moved_on)
    chosen = list(queries.claims_to_decide(Claim.objects.filter(pk__in=ids)))
    charging.lock_lines(chosen)
    recovery.lock_of(chosen)
    against = approval_blockers(chosen, by)
    if against:
        raise NeedsIndividualReviewError([(claim, against[claim.pk]) for claim in chosen if claim.pk in against])
    for claim in chosen:
        _approve_amounts(claim, _decide(claim, ()), by, Claim.Status.APPROVED)
    return chosen
