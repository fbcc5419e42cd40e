"""Nouns of the events app."""

from events.access.models import Arrangement, ArrangementDays, EventNeed, NeedsTold
from events.choosing.models import InvitationLimit, SavedList, SavedListPerson
from events.day.models import Attendance, DayThere, DoorNote
from events.feedback.models import (
    FeedbackAsked,
    FeedbackQuestion,
    FeedbackRound,
    FeedbackRule,
    FeedbackTally,
    FeedbackWords,
    WhoSpoke,
)
from events.inviting.models import CalendarFeed, Invitation, InvitationRules
from events.meetings.models import (
    AgendaItem,
    AgreedRecord,
    Correction,
    Meeting,
    MeetingAction,
    MeetingRules,
    MinutesNote,
    Talk,
    TalkAnswer,
)
from events.papers.models import AttachedPaper, MeetingPaper, PaperCopy, PaperFormat, PaperMade
from events.places.models import OfferRules, Places, WaitingPlace
from events.planning.models import Event, EventSeries
from events.said.models import SaidAtEvent
from events.sessions.models import EventSession, SessionFacilitator, Technique
from events.venues.models import Venue, VenueCheckRule, VenueFact

__all__ = [
    "AgendaItem",
    "AgreedRecord",
    "Arrangement",
    "ArrangementDays",
    "AttachedPaper",
    "Attendance",
    "CalendarFeed",
    "Correction",
    "DayThere",
    "DoorNote",
    "Event",
    "EventNeed",
    "EventSeries",
    "EventSession",
    "FeedbackAsked",
    "FeedbackQuestion",
    "FeedbackRound",
    "FeedbackRule",
    "FeedbackTally",
    "FeedbackWords",
    "Invitation",
    "InvitationLimit",
    "InvitationRules",
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
    "SessionFacilitator",
    "Talk",
    "TalkAnswer",
    "Technique",
    "Venue",
    "VenueCheckRule",
    "VenueFact",
    "WaitingPlace",
    "WhoSpoke",
]
