"""Nouns of a programme: roles, groups, and who joins them."""

from .groups import Group, Term
from .joining import Appointment, CreatorRight, Joining
from .programmes import (
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
    "Appointment",
    "CreatorRight",
    "Group",
    "Joining",
    "Membership",
    "Partnership",
    "Programme",
    "Role",
    "Term",
    "has_role",
    "message_audience",
    "new_in_finance_until",
    "only_programme",
    "programmes_where",
    "roles_of",
]
