"""Say who may arrange access for an event, read its lists, and record how far needs were met."""

from django.utils.translation import gettext as _

from events.access import queries
from events.access.models import Arrangement, EventNeed
from events.planning.models import Event
from events.planning.rules import can_manage_event
from programmes.models import Programme
from programmes.programme.rules import can_manage_programme
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import User


def can_arrange(user: User, event: Event) -> Ruling:
    """May `user` add and change arrangements? Yes for the programme's staff, until the event was cancelled."""
    allowed = can_manage_event(user, event)
    if not allowed:
        return allowed
    if event.status == Event.Status.CANCELLED:
        return Ruling(_("This event was cancelled, so nothing is arranged for it."))
    return YES


def can_change(user: User, arrangement: Arrangement) -> Ruling:
    """May `user` change an arrangement? Yes for the programme's staff, while it is needed."""
    allowed = can_arrange(user, arrangement.event)
    return _is_needed(arrangement) if allowed else allowed


def can_do(user: User, arrangement: Arrangement) -> Ruling:
    """May `user` say how far an arrangement is? Yes for who sees to it and programme staff, while it is needed."""
    if arrangement.owner_id is not None and arrangement.owner_id == user.person.pk:
        if arrangement.event.status == Event.Status.CANCELLED:
            return Ruling(_("This event was cancelled, so nothing is arranged for it."))
        return _is_needed(arrangement)
    return can_change(user, arrangement)


def _is_needed(arrangement: Arrangement) -> Ruling:
    if arrangement.is_live:
        return YES
    return Ruling(_("This is no longer needed, so it cannot be changed."))


def can_take_out(user: User, arrangement: Arrangement) -> Ruling:
    """May `user` say that it is not needed? Yes for staff, where nobody who comes needs it."""
    allowed = can_change(user, arrangement)
    if not allowed:
        return allowed
    if EventNeed.objects.current().filter(arrangement=arrangement).exists():
        return Ruling(_("Somebody who may come needs this. Choose another arrangement that covers it first."))
    return YES


def can_read_list(user: User, event: Event, which: str) -> Ruling:
    """May `user` read a list of the event? Yes for its staff; the facilitators' brief also for who helps to run it."""
    if which == "facilitators" and queries.helps_to_run(user, event):
        return YES
    return can_manage_event(user, event)


def can_record(user: User, event: Event) -> Ruling:
    """May `user` record how far needs were met? Yes for the programme's staff, once the event has started."""
    allowed = can_arrange(user, event)
    if not allowed:
        return allowed
    if not event.has_started:
        return Ruling(_("You can record how far needs were met once the event has started."))
    return YES


def can_see_results(user: User, programme: Programme) -> Ruling:
    """May `user` see how far each need was met? Yes for programme staff; the steering group sees numbers alone."""
    return can_manage_programme(user, programme)
