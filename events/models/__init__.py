"""Nouns of the events app."""

from events.day.models import Attendance
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

__all__ = [
    "AgendaItem",
    "AgreedRecord",
    "AttachedPaper",
    "Attendance",
    "CalendarFeed",
    "Correction",
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
    "Talk",
    "TalkAnswer",
]
