"""Say who may set places, offer them and close a waiting list."""

from django.utils.translation import gettext as _

from events.planning.models import Event
from events.planning.rules import can_manage_event
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import User


def can_set_places(user: User, event: Event) -> Ruling:
    """May `user` say how many places there are, offer them, and close the list? Yes for staff, until it starts."""
    allowed = can_manage_event(user, event)
    if not allowed:
        return allowed
    if event.status == Event.Status.CANCELLED:
        return Ruling(_("This event was cancelled, so it has no places."))
    if event.status == Event.Status.HELD or event.has_started:
        return Ruling(_("This event has started, so its places can no longer be changed."))
    return YES
