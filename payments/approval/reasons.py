"""Say why a claim cannot be approved among others."""

from django.utils.translation import gettext as _

from payments.approval import rules
from payments.approval.warnings import warnings_for
from payments.budgets import charging
from payments.claims import queries as claim_queries


def needs_second_approval(claim, approved_pence):
    """Whether the claim's policy asks for two approvals of `approved_pence`."""
    limit = claim.policy.second_approval_above_pence
    return limit is not None and approved_pence > limit


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
        elif needs_second_approval(claim, sum(line.amount_pence for line in claim.lines.all())):
            against[claim.pk] = _("The amount needs two approvals.")
        elif claim_queries.receipts_being_checked(claim):
            against[claim.pk] = _("A receipt is still being checked.")
        elif claim_queries.lines_without_receipt(claim):
            against[claim.pk] = _("A receipt is missing, or could not be opened.")
        elif any(warning.needs_reason for warning in warnings[claim.pk]):
            against[claim.pk] = _("It looks like another claim. To approve it, say why.")
        elif not any(line.amount_pence for line in claim.lines.all()):
            against[claim.pk] = _("Nothing is asked for.")
    return against
