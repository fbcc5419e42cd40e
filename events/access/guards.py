"""Fetch the arrangement or the list a page is about, or refuse the reader."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from events.access import rules
from events.access.models import Arrangement
from events.access.models.arrangements import LISTS
from events.planning.guards import visible_event


def arrangement_or_404(request, pk):
    """Return the arrangement at this address for the programme's staff and who sees to it; others get 404."""
    rows = Arrangement.objects.visible_to(request.user).select_related("event__programme", "owner", "done_by")
    arrangement = get_object_or_404(rows, pk=pk)
    request.programme = arrangement.event.programme
    return arrangement


def changeable_arrangement(request, pk):
    """Return an arrangement that `request.user` may change; 403 for who only sees to it."""
    arrangement = arrangement_or_404(request, pk)
    rules.can_arrange(request.user, arrangement.event).insist(PermissionDenied)
    return arrangement


def event_of_list(request, pk, which):
    """Return the event whose list `which` the reader may read; others get 403 or 404, as for the event itself."""
    if which not in LISTS:
        raise Http404
    event = visible_event(request, pk)
    rules.can_read_list(request.user, event, which).insist(PermissionDenied)
    return event
