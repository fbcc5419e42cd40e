"""Show two receipts that look alike side by side, each with the claim and the expense it is for."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render

from payments.approval import queries, rules
from payments.claims.guards import claim_for
from wellbeing.lib.form_pages import read_page


@read_page
def claim_receipts_beside(request, pk, receipt_pk, other_pk):
    """Show a receipt of a claim beside one of another claim, both of which the reader may see."""
    claim = claim_for(request, pk)
    rules.can_compare_receipts(request.user, claim).insist(PermissionDenied)
    ready = queries.receipts_to_compare(request.user)
    receipt = get_object_or_404(ready, pk=receipt_pk, claim=claim)
    other = get_object_or_404(ready, pk=other_pk)
    if other.claim_id == claim.pk:
        raise Http404
    return render(request, "payments/approval/beside.html", {"claim": claim, "receipts": [receipt, other]})
