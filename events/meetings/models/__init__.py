"""Meetings of groups: rules for planning them, the agenda, the minutes, papers, and the talks offered around them."""

from .agenda import AgendaItem
from .attached import AttachedPaper, PaperCopy, PaperFormat, PaperMade
from .meetings import Meeting, MeetingQuerySet, MeetingRules, MinutesStatus
from .minutes import AgreedRecord, Correction, MeetingAction, MinutesNote
from .papers import MeetingPaper
from .talks import Talk, TalkAnswer

__all__ = [
    "AgendaItem",
    "AgreedRecord",
    "AttachedPaper",
    "Correction",
    "Meeting",
    "MeetingAction",
    "MeetingPaper",
    "MeetingQuerySet",
    "MeetingRules",
    "MinutesNote",
    "MinutesStatus",
    "PaperCopy",
    "PaperFormat",
    "PaperMade",
    "Talk",
    "TalkAnswer",
]
