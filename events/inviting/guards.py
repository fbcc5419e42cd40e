"""Fetch the invitation a page is about, or refuse the reader."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from events.inviting.models import Invitation
from events.planning import rules as planning_rules


def managed_invitation(request, pk):
    """Return an invitation to an event that `request.user` may change; not one that is only their own."""
    invitations = Invitation.objects.select_related("event__programme", "event__organiser", "person")
    invitation = get_object_or_404(invitations.visible_to(request.user), pk=pk)
    if not planning_rules.can_manage_event(request.user, invitation.event):
        raise PermissionDenied
    request.programme = invitation.event.programme
    return invitation
