"""Nouns of the payments app."""

from .bank import BankDetails, BankFileDownload, NameCheck
from .claims import Claim, ClaimLine, ClaimNote, Receipt
from .files import BankLayout, JournalLayout, PayingAccount
from .numbering import Numbering
from .policy import ExpenseRule, FeeRule, MileageRate, PolicyVersion
from .runs import Document, Payment, PaymentItem, PaymentRun

__all__ = [
    "BankDetails",
    "BankFileDownload",
    "BankLayout",
    "Claim",
    "ClaimLine",
    "ClaimNote",
    "Document",
    "ExpenseRule",
    "FeeRule",
    "JournalLayout",
    "MileageRate",
    "NameCheck",
    "Numbering",
    "PayingAccount",
    "Payment",
    "PaymentItem",
    "PaymentRun",
    "PolicyVersion",
    "Receipt",
]
