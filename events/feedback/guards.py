"""Fetch what follows an event for a page, or refuse the reader."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from events.feedback import queries, rules
from events.feedback.models import FeedbackAsked
from events.planning.guards import managed_event, visible_event
from events.planning.models import Event
from events.planning.rules import can_manage_event


def inside_event(request, pk):
    """Return the event for those who may see what follows it; 403 for others of the programme, 404 for strangers."""
    event = visible_event(request, pk)
    if not rules.is_inside(request.user, event):
        raise PermissionDenied
    return event


def managed_round(request, pk):
    """Return the feedback on the event `pk` for the staff of its programme; 404 before anybody was thanked."""
    event = managed_event(request, pk)
    round = queries.round_of(event)
    if round is None:
        raise Http404
    return round


def managed_asked(request, pk):
    """Return what one person is asked, for the staff of the programme; 404 for whoever may not know of the event."""
    rows = FeedbackAsked.objects.filter(round__event__in=Event.objects.visible_to(request.user))
    asked = get_object_or_404(rows.select_related("round__event__programme", "person"), pk=pk)
    request.programme = asked.round.event.programme
    can_manage_event(request.user, asked.round.event).insist(PermissionDenied)
    return asked
