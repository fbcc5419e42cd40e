"""Fetch the programme a page is about, or refuse the reader."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from programmes.models import Programme


def programme_for(request, slug, rule):
    """Return the programme called `slug` if `rule(user, programme)` says yes. Raises Http404 or PermissionDenied."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    request.programme = programme
    rule(request.user, programme).insist(PermissionDenied)
    return programme
