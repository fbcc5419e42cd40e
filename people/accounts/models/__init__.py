"""Nouns of accounts: users, sessions, changes of sign-in addresses."""

from .addresses import AddressChange, AddressChangeStatus, WaitingTime
from .sessions import Session, SessionManager
from .users import User, UserManager

__all__ = [
    "AddressChange",
    "AddressChangeStatus",
    "Session",
    "SessionManager",
    "User",
    "UserManager",
    "WaitingTime",
]
