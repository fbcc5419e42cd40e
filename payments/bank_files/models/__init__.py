"""Nouns of the files of a run."""

from .downloads import BankFileDownload
from .setup import BankLayout, JournalLayout, PayingAccount, Purpose

__all__ = [
    "BankFileDownload",
    "BankLayout",
    "JournalLayout",
    "PayingAccount",
    "Purpose",
]
