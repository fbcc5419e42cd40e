"""Fetch the programme a page is about, or refuse the reader."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from programmes.programme.models.programmes import Programme


def programme_or_404(request, slug):
    """The programme at this address, for those with a role in it; a stranger gets 404. The header then names it."""
    request.programme = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    return request.programme


def insist(allowed):
    """Refuse the page (403) unless `allowed`, a bool or a Ruling; a Ruling's reason is shown."""
    if not allowed:
        raise PermissionDenied(getattr(allowed, "why_not", ""))
