"""Say who may change the sessions of an event."""

from events.planning.models import Event
from events.planning.rules import can_edit
from wellbeing.lib.rulings import Ruling
from wellbeing.lib.types import User


def can_change_sessions(user: User, event: Event) -> Ruling:
    """May `user` change the sessions of the event? Yes for the programme's staff, until it was held or cancelled."""
    return can_edit(user, event)
