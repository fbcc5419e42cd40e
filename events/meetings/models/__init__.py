"""Meetings of groups: rules for planning them, the agenda, the minutes, and the talks offered around them."""

from .agenda import AgendaItem
from .meetings import Meeting, MeetingQuerySet, MeetingRules, MinutesStatus
from .minutes import AgreedRecord, Correction, MeetingAction, MinutesNote
from .talks import Talk, TalkAnswer

__all__ = [
    "AgendaItem",
    "AgreedRecord",
    "Correction",
    "Meeting",
    "MeetingAction",
    "MeetingQuerySet",
    "MeetingRules",
    "MinutesNote",
    "MinutesStatus",
    "Talk",
    "TalkAnswer",
]
