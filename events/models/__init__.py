"""Nouns of the events app."""

from .events import Attendance, Event, Invitation

__all__ = ["Attendance", "Event", "Invitation"]
