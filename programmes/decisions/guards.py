"""Fetch the decision a page is about, or refuse the reader."""

from django.shortcuts import get_object_or_404

from programmes.decisions.models import Decision


def decision_or_404(request, pk):
    """Return the decision at this address, for staff and steering members of its programme; others get 404."""
    decisions = Decision.objects.visible_to(request.user).select_related(
        "programme", "group", "proposed_by", "recorded_by"
    )
    decision = get_object_or_404(decisions, pk=pk)
    request.programme = decision.programme
    return decision
