"""Nouns of the people app."""

from .accounts import User
from .addresses import AddressChange, WaitingTime
from .jobs import Job
from .messages import DemoMail, Message, MessagePart
from .people import AccessNeed, Organisation, Person
from .sessions import Session

__all__ = [
    "AccessNeed",
    "AddressChange",
    "DemoMail",
    "Job",
    "Message",
    "MessagePart",
    "Organisation",
    "Person",
    "Session",
    "User",
    "WaitingTime",
]
