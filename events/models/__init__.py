"""Nouns of the events app."""

from events.access.models import Arrangement, ArrangementDays, EventNeed, NeedsTold
from events.day.models import Attendance, DoorNote
from events.feedback.models import (
    FeedbackAsked,
    FeedbackQuestion,
    FeedbackRound,
    FeedbackRule,
    FeedbackTally,
    FeedbackWords,
    WhoSpoke,
)
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
    "Arrangement",
    "ArrangementDays",
    "AttachedPaper",
    "Attendance",
    "CalendarFeed",
    "Correction",
    "DoorNote",
    "Event",
    "EventNeed",
    "FeedbackAsked",
    "FeedbackQuestion",
    "FeedbackRound",
    "FeedbackRule",
    "FeedbackTally",
    "FeedbackWords",
    "Invitation",
    "Meeting",
    "MeetingAction",
    "MeetingPaper",
    "MeetingRules",
    "MinutesNote",
    "NeedsTold",
    "PaperCopy",
    "PaperFormat",
    "PaperMade",
    "SaidAtEvent",
    "Talk",
    "TalkAnswer",
    "WhoSpoke",
]
