"""Nouns of the events app."""

from events.day.models import Attendance, DoorNote
from events.inviting.models import CalendarFeed, Invitation
from events.meetings.models import (
    AgendaItem,
    AgreedRecord,
    AttachedPaper,
    Correction,
    Meeting,
    MeetingAction,
    MeetingPaper,
    MeetingRules,
    MinutesNote,
    PaperCopy,
    PaperFormat,
    PaperMade,
    Talk,
    TalkAnswer,
)
from events.planning.models import Event
from events.said.models import SaidAtEvent

__all__ = [
    "AgendaItem",
    "AgreedRecord",
    "AttachedPaper",
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
    "PaperCopy",
    "PaperFormat",
    "PaperMade",
    "SaidAtEvent",
    "Talk",
    "TalkAnswer",
]
