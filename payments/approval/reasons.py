"""Say why a claim cannot be approved among others."""

from django.utils.translation import gettext as _

from payments.approval import rules
from payments.approval.warnings import warnings_for
from payments.budgets import charging
from payments.claims import queries as claim_queries


def needs_second_approval(claim, approved_pence, no_receipt_pence):
    """Whether the claim's policy asks for two approvals of `approved_pence`, `no_receipt_pence` of it unproved."""
    return _is_above(approved_pence, claim.policy.second_approval_above_pence) or _is_above(
        no_receipt_pence, claim.policy.no_receipt_second_above_pence
    )


def _is_above(pence, limit):
    return limit is not None and pence > limit


def why_second_approval(claim, lines):
    """Say why a claim that was approved once waits for the second approval; `lines` are its lines as approved."""
    if _is_above(sum(line.approved_pence or 0 for line in lines), claim.policy.second_approval_above_pence):
        return _("Because of the amount, a second member of staff has to approve it too.")
    return _("Because a receipt is missing, a second member of staff has to approve it too.")


def approval_blockers(claims, by, warnings=None):
    """Say why some of `claims` (from `queries.claims_to_decide`) cannot be approved among others, by claim id.

    `warnings` are those of `warnings.warnings_for`, if the caller has them already.
    """
    warnings = warnings_for(claims, by) if warnings is None else warnings
    against = charging.budget_blockers(claims, by)
    for claim in claims:
        ruling = rules.can_approve(by, claim)
        if not ruling:
            against[claim.pk] = ruling.why_not
        elif claim.first_approved_by_id is not None:
            against[claim.pk] = _("It was approved once. Look at it alone to approve it the second time.")
        elif _is_above(sum(line.amount_pence for line in claim.lines.all()), claim.policy.second_approval_above_pence):
            against[claim.pk] = _("The amount needs two approvals.")
        elif _is_above(_without_receipt(claim), claim.policy.no_receipt_second_above_pence):
            against[claim.pk] = _("What has no receipt needs two approvals.")
        elif claim_queries.receipts_being_checked(claim):
            against[claim.pk] = _("A receipt is still being checked.")
        elif claim_queries.lines_without_receipt(claim):
            against[claim.pk] = _("A receipt is missing, or could not be opened.")
        elif any(warning.needs_reason for warning in warnings[claim.pk]):
            against[claim.pk] = _("It looks like another claim. To approve it, say why.")
        elif not any(line.amount_pence for line in claim.lines.all()):
            against[claim.pk] = _("Nothing is asked for.")
    return against


def _without_receipt(claim):
    return sum(line.amount_pence for line in claim.lines.all() if line.no_receipt_reason)
