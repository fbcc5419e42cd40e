"""Say who may see, change and cancel an event."""

from django.utils.translation import gettext as _

from events.planning.models import Event
from programmes.groups import rules as group_rules
from programmes.models import Role, has_role
from programmes.programme.models.groups import Group
from programmes.programme.models.programmes import Programme
from programmes.programme.rules import can_manage_programme
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import User

# Roles that may open the list of a programme's events and see how many come.
SEES_EVENTS = (Role.STAFF, Role.FINANCE, Role.STEERING)


def can_see_events_of(user: User, programme: Programme) -> bool:
    """May `user` open the list of a programme's events? Yes for staff, finance, steering group and administrators."""
    return user.is_authenticated and (user.is_administrator or has_role(user, programme, *SEES_EVENTS))


def can_manage_event(user: User, event: Event) -> Ruling:
    """May `user` change the event, invite to it and read the replies? Yes for the programme's staff."""
    if can_manage_programme(user, event.programme):
        return YES
    return Ruling(_("Only staff of this programme can do this."))


def can_plan_events(user: User, programme: Programme) -> Ruling:
    """May `user` plan events of `programme`? Yes for its staff."""
    if can_manage_programme(user, programme):
        return YES
    return Ruling(_("Only staff of this programme can plan its events."))


def can_plan_meeting_of(user: User, group: Group) -> Ruling:
    """May `user` plan a meeting of `group`? Yes for its chairs and for staff of its programme."""
    if group_rules.can_lead(user, group):
        return YES
    return Ruling(_("Only the chair, the co-chair or programme staff can plan a meeting of this group."))


def can_edit(user: User, event: Event) -> Ruling:
    """May `user` change the event? Yes for the programme's staff, until it was held or cancelled."""
    allowed = can_manage_event(user, event)
    if not allowed:
        return allowed
    if event.status == Event.Status.CANCELLED:
        return Ruling(_("This event was cancelled, so it cannot be changed."))
    if event.status == Event.Status.HELD:
        return Ruling(_("This event has been held, so it cannot be changed."))
    return YES


def can_publish(user: User, event: Event) -> Ruling:
    """May `user` publish the draft? Yes for the programme's staff, before its day has begun."""
    allowed = can_manage_event(user, event)
    if not allowed:
        return allowed
    if not event.is_draft:
        return Ruling(_("This event is published."))
    if event.has_started:
        return Ruling(_("Its day has gone. Change the day first."))
    return YES


def can_discard(user: User, event: Event) -> Ruling:
    """May `user` throw the draft away? Yes for the programme's staff."""
    allowed = can_manage_event(user, event)
    if not allowed:
        return allowed
    if not event.is_draft:
        return Ruling(_("This event is published. It can be cancelled."))
    return YES


def can_cancel(user: User, event: Event) -> Ruling:
    """May `user` call the event off? Yes for the programme's staff, until it was held or cancelled."""
    allowed = can_manage_event(user, event)
    if not allowed:
        return allowed
    if event.is_draft:
        return Ruling(_("This is a draft, which nobody knows of. Throw it away instead."))
    if event.status == Event.Status.CANCELLED:
        return Ruling(_("This event was cancelled before."))
    if event.status == Event.Status.HELD:
        return Ruling(_("This event has been held and people came, so it cannot be cancelled."))
    return YES
