"""Nouns of the events app."""

from events.access.models import Arrangement, ArrangementDays, EventNeed, NeedsTold
from events.choosing.models import InvitationLimit, SavedList, SavedListPerson
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
from events.places.models import OfferRules, Places, WaitingPlace
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
    "Invitation",
    "InvitationLimit",
    "Meeting",
    "MeetingAction",
    "MeetingPaper",
    "MeetingRules",
    "MinutesNote",
    "NeedsTold",
    "OfferRules",
    "PaperCopy",
    "PaperFormat",
    "PaperMade",
    "Places",
    "SaidAtEvent",
    "SavedList",
    "SavedListPerson",
    "Talk",
    "TalkAnswer",
    "WaitingPlace",
]
