"""Nouns of the people app."""

from people.accounts.models import AddressChange, Session, User, WaitingTime
from people.directory.models import Organisation, Person
from people.jobs.models import Job
from people.messages.models import DemoMail, Message, MessagePart
from people.needs.models import AccessNeed

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
