"""Fetch the meeting a page is about, or refuse the reader."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from events.meetings import rules
from events.meetings.models import Meeting
from programmes.models import Programme

ROWS = ("event__programme", "group__programme", "agreed_at_meeting__event", "agreed_by", "published_by")


def meeting_or_404(request, pk):
    """Return a meeting `request.user` may read something of. 403 for others of the programme, 404 for strangers."""
    meeting = Meeting.objects.visible_to(request.user).select_related(*ROWS).filter(pk=pk).first()
    if meeting is None:
        programmes = Programme.objects.visible_to(request.user)
        if Meeting.objects.filter(pk=pk, group__programme__in=programmes).exists():
            raise PermissionDenied
        raise Http404
    request.programme = meeting.group.programme
    return meeting


def whole_meeting_or_404(request, pk):
    """Return a meeting whose agenda and whole minutes `request.user` may read. 403 for others of the programme."""
    meeting = meeting_or_404(request, pk)
    if not rules.can_read_whole(request.user, meeting):
        raise PermissionDenied
    return meeting


def item_or_404(request, pk, item_pk):
    """Return an item of the agenda of a meeting that `request.user` may read as a whole."""
    meeting = whole_meeting_or_404(request, pk)
    item = get_object_or_404(meeting.items.select_related("leader", "decision__rules"), pk=item_pk)
    item.meeting = meeting
    return item
