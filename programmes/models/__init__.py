"""Nouns of the programmes app."""

from .decisions import AgreedTerm, Decision, Position
from .groups import Group, Term
from .joining import Appointment, CreatorRight, Joining, RoleNotice
from .programmes import Membership, Partnership, Programme, Role

__all__ = [
    "AgreedTerm",
    "Appointment",
    "CreatorRight",
    "Decision",
    "Group",
    "Joining",
    "Membership",
    "Partnership",
    "Position",
    "Programme",
    "Role",
    "RoleNotice",
    "Term",
]
