"""Nouns of the events app."""

from events.access.models import Arrangement, ArrangementDays, EventNeed, NeedsTold
from events.day.models import Attendance
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

__all__ = [
    "AgendaItem",
    "AgreedRecord",
    "Arrangement",
    "ArrangementDays",
    "Attendance",
    "CalendarFeed",
    "Correction",
    "Event",
    "EventNeed",
    "Invitation",
    "Meeting",
    "MeetingAction",
    "MeetingPaper",
    "MeetingRules",
    "MinutesNote",
    "NeedsTold",
    "Talk",
    "TalkAnswer",
]
