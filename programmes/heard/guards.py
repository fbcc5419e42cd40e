"""Fetch the contribution a page is about, or refuse the reader."""

from django.shortcuts import get_object_or_404

from programmes.heard.models import Contribution
from programmes.programme.rules import can_see_programme


def contribution_or_404(request, pk):
    """Return the contribution at this address, for those who may read it; others get 404.

    The header names its programme where the reader has a part in it.
    """
    rows = Contribution.objects.visible_to(request.user).select_related(
        "programme", "group", "owner", "recorded_by", "corrected_by", "hidden_by", "outcome__answered_by"
    )
    contribution = get_object_or_404(rows, pk=pk)
    if can_see_programme(request.user, contribution.programme):
        request.programme = contribution.programme
    return contribution
