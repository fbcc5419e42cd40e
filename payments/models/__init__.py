"""Nouns of the payments app."""

from .bank import BankDetails, BankFileDownload
from .claims import Claim, ClaimLine, ClaimNote, Receipt
from .numbering import Numbering
from .policy import ClosedDay, ExpenseRule, FeeRule, MileageRate, PolicyVersion, SubsistenceBand
from .runs import Document, Payment, PaymentItem, PaymentRun

__all__ = [
    "BankDetails",
    "BankFileDownload",
    "Claim",
    "ClaimLine",
    "ClaimNote",
    "ClosedDay",
    "Document",
    "ExpenseRule",
    "FeeRule",
    "MileageRate",
    "Numbering",
    "Payment",
    "PaymentItem",
    "PaymentRun",
    "PolicyVersion",
    "Receipt",
    "SubsistenceBand",
]
