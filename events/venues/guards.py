"""Fetch the venue a page is about, or refuse the reader: a stranger is told that there is no such page."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from events.venues import rules
from events.venues.models import Venue
from programmes.models import Programme


def programme_of_book(request, slug):
    """Return the programme whose venue book `request.user` keeps; otherwise 404 or 403."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    rules.can_keep_book(request.user, programme).insist(PermissionDenied)
    request.programme = programme
    return programme


def kept_venue(request, pk):
    """Return a venue that `request.user` keeps; otherwise 404 or 403."""
    venues = Venue.objects.filter(programme__in=Programme.objects.visible_to(request.user))
    venue = get_object_or_404(venues.select_related("programme", "checked_by"), pk=pk)
    rules.can_keep_book(request.user, venue.programme).insist(PermissionDenied)
    request.programme = venue.programme
    return venue
