"""Nouns of the people app."""

from .accounts import User
from .jobs import Job
from .messages import DemoMail, Message, MessagePart
from .people import AccessNeed, Organisation, Person
from .sessions import Session

__all__ = ["AccessNeed", "DemoMail", "Job", "Message", "MessagePart", "Organisation", "Person", "Session", "User"]
