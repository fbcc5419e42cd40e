"""Fetch the event or paper a page is about, or refuse the reader."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from events.papers import rules
from events.planning.models import Event
from programmes.models import Programme


def event_with_papers_or_404(request, pk):
    """Return an event whose papers `request.user` may read. 403 for others of the programme, 404 for strangers."""
    event = Event.objects.select_related("programme", "group", "meeting").filter(pk=pk).first()
    if event is None or not rules.can_read_papers(request.user, event):
        programmes = Programme.objects.visible_to(request.user)
        if event is not None and programmes.filter(pk=event.programme_id).exists():
            raise PermissionDenied
        raise Http404
    request.programme = event.programme
    return event


def attached_or_404(request, pk, paper_pk):
    """Return a paper that comes with an event whose papers `request.user` may read."""
    event = event_with_papers_or_404(request, pk)
    paper = get_object_or_404(event.attached_papers.select_related("item", "withdrawn_by"), pk=paper_pk)
    paper.event = event
    return paper
