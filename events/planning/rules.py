"""Who may see, change and cancel an event."""

from django.utils.translation import gettext as _

from events.planning.models import Event
from programmes.models import Role, has_role
from programmes.programme.rules import can_manage_programme
from wellbeing.lib.rulings import YES, Ruling

# Roles that may open the list of a programme's events and see how many come.
SEES_EVENTS = (Role.STAFF, Role.FINANCE, Role.STEERING)


def can_see_events_of(user, programme):
    """Whether `user` may open the list of a programme's events: staff, finance, steering group, administrators."""
    return user.is_authenticated and (user.is_administrator or has_role(user, programme, *SEES_EVENTS))


def can_manage_event(user, event):
    """Ruling on changing the event, inviting to it and reading what people replied: the programme's staff."""
    if can_manage_programme(user, event.programme):
        return YES
    return Ruling(_("Only staff of this programme can do this."))


def can_plan_events(user, programme):
    """Ruling on planning events of `programme`: its staff."""
    if can_manage_programme(user, programme):
        return YES
    return Ruling(_("Only staff of this programme can plan its events."))


def can_edit(user, event):
    """Ruling on changing the event: the programme's staff, until it was held or cancelled."""
    allowed = can_manage_event(user, event)
    if not allowed:
        return allowed
    if event.status == Event.Status.CANCELLED:
        return Ruling(_("This event was cancelled, so it cannot be changed."))
    if event.status == Event.Status.HELD:
        return Ruling(_("This event has been held, so it cannot be changed."))
    return YES


def can_cancel(user, event):
    """Ruling on calling the event off: the programme's staff, until it was held or cancelled."""
    allowed = can_manage_event(user, event)
    if not allowed:
        return allowed
    if event.status == Event.Status.CANCELLED:
        return Ruling(_("This event was cancelled before."))
    if event.status == Event.Status.HELD:
        return Ruling(_("This event has been held and people came, so it cannot be cancelled."))
    return YES
