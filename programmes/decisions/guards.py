"""Fetch the decision a page is about, or refuse the reader."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from programmes.decisions.models import Decision
from programmes.decisions.rules import is_inside


def decision_or_404(request, pk):
    """Return the decision at this address, for those who may read it; others get 404."""
    decisions = Decision.objects.visible_to(request.user).select_related(
        "programme", "group", "proposed_by", "recorded_by", "rules", "version", "earlier"
    )
    decision = get_object_or_404(decisions, pk=pk)
    request.programme = decision.programme
    return decision


def proposal_or_404(request, pk):
    """Return the decision for those who work on proposals: programme staff, the steering group, administrators.

    Others get 404, or 403 where they may read it.
    """
    decision = decision_or_404(request, pk)
    if not is_inside(request.user, decision.programme):
        raise PermissionDenied
    return decision
