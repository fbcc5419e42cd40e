"""Nouns of the people app."""

from people.accounts.models.addresses import AddressChange, WaitingTime
from people.accounts.models.sessions import Session
from people.accounts.models.users import User
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
