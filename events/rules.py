"""Who may do what with an event."""

from django.utils.translation import gettext as _

from programmes.models import Role
from programmes.models.roles import has_role
from programmes.rules import can_manage_programme

from .models import Event

# Roles that may open the list of a programme's events and see how many come.
SEES_EVENTS = (Role.STAFF, Role.FINANCE, Role.STEERING)


def can_see_events_of(user, programme):
    """Whether `user` may open the list of a programme's events: staff, finance, steering group, administrators."""
    return user.is_authenticated and (user.is_administrator or has_role(user, programme, *SEES_EVENTS))


def can_manage_event(user, event):
    """Whether `user` may change the event, invite to it and read what people replied: the programme's staff."""
    return can_manage_programme(user, event.programme)


def why_not_edit(event):
    """Why the event cannot be changed any more, as a sentence, or "" when it can."""
    if event.status == Event.Status.CANCELLED:
        return _("This event was cancelled, so it cannot be changed.")
    if event.status == Event.Status.HELD:
        return _("This event has been held, so it cannot be changed.")
    return ""


def why_not_cancel(event):
    """Why the event cannot be cancelled, as a sentence, or "" when it can."""
    if event.status == Event.Status.CANCELLED:
        return _("This event was cancelled before.")
    if event.status == Event.Status.HELD:
        return _("This event has been held and people came, so it cannot be cancelled.")
    return ""


def why_not_invite(event):
    """Why nobody can be invited any more, as a sentence, or "" when people can."""
    if event.status == Event.Status.CANCELLED:
        return _("This event was cancelled, so nobody can be invited.")
    if event.status == Event.Status.HELD or event.has_started:
        return _("This event has started, so nobody can be invited. You can still add someone to the attendance.")
    return ""


def why_not_reply(event):
    """Why a reply can no longer be given or changed, as a sentence for the person invited, or "" when it can."""
    if event.status == Event.Status.CANCELLED:
        return _("This event will not take place. You do not need to reply.")
    if event.status == Event.Status.HELD or event.is_over:
        return _("This event is over, so your reply can no longer be changed.")
    if event.has_started:
        return _("This event has started, so your reply can no longer be changed here.")
    return ""


def why_not_record(event):
    """Why attendance cannot be recorded, as a sentence, or "" when it can."""
    if event.status == Event.Status.CANCELLED:
        return _("This event was cancelled, so there is no attendance to record.")
    if event.status == Event.Status.PLANNED and not event.has_started:
        return _("You can record who came once the event has started.")
    return ""


def why_not_set_facilitators(event):
    """Why nobody can be marked as helping to run it, as a sentence, or "" when people can."""
    if event.status == Event.Status.CANCELLED:
        return _("This event was cancelled, so nobody runs it.")
    if event.status == Event.Status.HELD:
        return _("Who came has been recorded, so it is settled who helped to run it.")
    return ""
