"""Nouns of the events app."""

from events.day.models import Attendance, DoorNote
from events.inviting.models import CalendarFeed, Invitation
from events.meetings.models import (
    AgendaItem,
    AgreedRecord,
    Correction,
    Meeting,
    MeetingAction,
    MeetingPaper,
    MeetingRules,
    MinutesNote,
    Talk,
    TalkAnswer,
)
from events.planning.models import Event
from events.said.models import SaidAtEvent

__all__ = [
    "AgendaItem",
    "AgreedRecord",
    "Attendance",
    "CalendarFeed",
    "Correction",
    "DoorNote",
    "Event",
    "Invitation",
    "Meeting",
    "MeetingAction",
    "MeetingPaper",
    "MeetingRules",
    "MinutesNote",
    "SaidAtEvent",
    "Talk",
    "TalkAnswer",
]
