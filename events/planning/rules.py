"""Who may see, change and cancel an event."""

from django.utils.translation import gettext as _

from events.planning.models import Event
from programmes.models import Role, has_role
from programmes.programme.rules import can_manage_programme

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
