"""Nouns of the programmes app."""

from programmes.decisions.models import Decision, Position
from programmes.language.models import AgreedTerm
from programmes.programme.models import (
    Appointment,
    CreatorRight,
    Group,
    Joining,
    Membership,
    Partnership,
    Programme,
    Role,
    RoleNotice,
    Term,
)

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
