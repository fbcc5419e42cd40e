"""Nouns of the programmes app."""

from .decisions import AgreedTerm, Decision, Position
from .groups import Group, Term
from .programmes import Membership, Partnership, Programme, Role

__all__ = [
    "AgreedTerm",
    "Decision",
    "Group",
    "Membership",
    "Partnership",
    "Position",
    "Programme",
    "Role",
    "Term",
]
