"""Say why an expense has no receipt."""

from django.utils.translation import gettext as _

from payments.claims import rules
from payments.claims.actions.receipts import _delete_unused_receipts
from payments.claims.models.claim import Claim
from payments.claims.models.lines import ClaimLine
from payments.claims.models.receipts import Receipt
from payments.claims.transitions import ClaimError, expense_line, lock_claim
from people.models import User
from wellbeing.lib.actions import action
from wellbeing.lib.money import pounds


@action
def say_why(*, line: ClaimLine, by: User, reason: str, words: str = "") -> ClaimLine:
    """Give the reason why an expense has no receipt (ClaimLine.NoReceipt), which its approver reads. Returns the line.

    A file that could not be opened goes. Raises ClaimError (field "reason") where the policy does not repay the amount
    without a receipt, where none is needed and where there is one, and (field "words") for another reason without
    words. Locks the claim.
    """
    claim = lock_claim(line.claim)
    rules.can_edit(by, claim).insist(ClaimError)
    line = expense_line(claim, line)
    words = words.strip()[:200]
    if reason not in ClaimLine.NoReceipt.values:
        raise ClaimError(_("Choose why there is no receipt."), field="reason")
    if reason == ClaimLine.NoReceipt.OTHER and not words:
        raise ClaimError(_("Say how it happened that there is no receipt."), field="words")
    if not line.needs_receipt:
        raise ClaimError(_("This expense does not need a receipt."), field="reason")
    if line.receipts.exclude(status=Receipt.Status.REFUSED).exists():
        raise ClaimError(_("This expense has a receipt. Remove it first if it is the wrong one."), field="reason")
    _must_be_within_limit(line, claim, field="reason")
    _delete_unused_receipts(line, line.receipts.all())
    line.no_receipt_reason, line.no_receipt_words = reason, words
    line.save(update_fields=["no_receipt_reason", "no_receipt_words"])
    return line


def _keep_within_policy(line: ClaimLine, claim: Claim) -> None:
    """Drop the reason of a changed `line` where no receipt is needed now. Raises ClaimError above the limit."""
    if not line.no_receipt_reason:
        return
    if not line.needs_receipt:
        line.no_receipt_reason = line.no_receipt_words = ""
        return
    _must_be_within_limit(line, claim, field="amount")


def _must_be_within_limit(line: ClaimLine, claim: Claim, field: str) -> None:
    most = claim.terms.no_receipt_up_to_pence
    params = {"who": claim.programme.contact_name}
    if most is None:
        raise ClaimError(
            _("We can only pay this back with a receipt. Ask %(who)s what else you can show us.") % params, field=field
        )
    if line.amount_pence > most:
        raise ClaimError(
            _(
                "Without a receipt we can pay back %(most)s at most. Ask where you paid for a copy and add that, or"
                " ask %(who)s what to do."
            )
            % {**params, "most": pounds(most)},
            field=field,
        )
