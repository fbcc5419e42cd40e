"""Nouns of accounts: users, sessions, changes of sign-in addresses, single sign-on."""

from .addresses import AddressChange, AddressChangeStatus, WaitingTime
from .sessions import Session, SessionManager
from .single_sign_on import SignInDomain, SignInLink, SignInProvider
from .users import User, UserManager

__all__ = [
    "AddressChange",
    "AddressChangeStatus",
    "Session",
    "SessionManager",
    "SignInDomain",
    "SignInLink",
    "SignInProvider",
    "User",
    "UserManager",
    "WaitingTime",
]
