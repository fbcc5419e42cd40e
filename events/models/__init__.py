"""Nouns of the events app."""

from events.day.models import Attendance
from events.inviting.models import Invitation
from events.planning.models import Event

__all__ = ["Attendance", "Event", "Invitation"]
