"""Nouns of the programmes app."""

from programmes.decisions.models import Decision, Position
from programmes.language.models import AgreedTerm
from programmes.programme.models.groups import Group, Term
from programmes.programme.models.joining import Appointment, CreatorRight, Joining, RoleNotice
from programmes.programme.models.programmes import (
    Membership,
    Partnership,
    Programme,
    Role,
    has_role,
    message_audience,
    new_in_finance_until,
    only_programme,
    programmes_where,
    roles_of,
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
    "has_role",
    "message_audience",
    "new_in_finance_until",
    "only_programme",
    "programmes_where",
    "roles_of",
]
