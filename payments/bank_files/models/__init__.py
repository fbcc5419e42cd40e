"""Nouns of the files of a run."""

from .downloads import RunFileDownload
from .setup import BankFileFormat, JournalFormat, PayingAccount, Purpose

__all__ = [
    "BankFileFormat",
    "JournalFormat",
    "PayingAccount",
    "Purpose",
    "RunFileDownload",
]
