"""Fetch the event a page is about, or refuse the reader: a stranger is told that there is no such page."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from events.planning import rules
from events.planning.models import Event
from programmes.models import Programme


def programme_of_events(request, slug):
    """Return the programme, if `request.user` may open its list of events; otherwise 404 or 403."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    if not rules.can_see_events_of(request.user, programme):
        raise PermissionDenied
    request.programme = programme
    return programme


def visible_event(request, pk):
    """Return an event `request.user` may open. 403 for one of a programme they belong to, 404 for any other."""
    events = Event.objects.select_related("programme", "organiser", "group", "series", "venue__checked_by")
    event = events.visible_to(request.user).filter(pk=pk).first()
    if event is None:
        if Event.objects.filter(pk=pk, programme__in=Programme.objects.visible_to(request.user)).exists():
            raise PermissionDenied
        raise Http404
    request.programme = event.programme
    return event


def managed_event(request, pk):
    """Return an event `request.user` may change."""
    event = visible_event(request, pk)
    if not rules.can_manage_event(request.user, event):
        raise PermissionDenied
    return event
