"""Move a claim from state to state, locked."""

from django.utils.translation import gettext as _

from payments.claims import hooks
from payments.claims.models.claim import Claim
from wellbeing.lib.errors import ActionError


class ClaimError(ActionError):
    """A rule refused something about a claim."""


# The one way to change a status
def lock_claim(claim):
    """Lock the claim until the transaction ends, and read it again with its programme, person and policies."""
    return (
        Claim.objects.select_for_update(of=("self",))
        .select_related("programme", "person", "policy", "offered")
        .get(pk=claim.pk)
    )


def transition(claim, status, **fields):
    """Give a locked claim its next status, and save `fields` with it. Raises ClaimError where that is no step."""
    if not claim.can_become(status):
        raise ClaimError(
            _("This claim has already been dealt with. It is now: %(status)s. Open the page again.")
            % {"status": claim.get_status_display()}
        )
    if status == Claim.Status.SUBMITTED and (claim.budget_line_id is None or claim.status == Claim.Status.DRAFT):
        for hook in hooks.on_sending:
            fields |= hook(claim)
    claim.status = status
    for name, value in fields.items():
        setattr(claim, name, value)
    claim.save(update_fields=["status", *fields])


def clear_first_decision(claim):
    """Clear the lines of what a first approver decided. Returns the fields that clear it on the claim, for `move`."""
    if claim.first_approved_by_id is None:
        return {}
    claim.lines.update(approved_pence=None, decision_reason="")
    return {"first_approved_by": None, "first_approved_at": None, "duplicate_reason": ""}


def reset_to_draft(claim):
    """Open a claim again that was taken back; `claim` must be locked."""
    transition(claim, Claim.Status.DRAFT, withdrawn_by=None, submitted_at=None, submitted_by=None, pay_by=None)


def expense_line(claim, line):
    """Read an expense of a locked claim again. Raises ClaimError when it is gone, and for the payment for time."""
    current = claim.lines.filter(pk=line.pk).first()
    if current is None:
        raise ClaimError(_("This line is no longer on your claim."))
    if current.is_time:
        raise ClaimError(_("The payment for your time comes from the programme, so it cannot be changed here."))
    return current
