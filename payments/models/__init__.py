"""Nouns of the payments app."""

from .bank import BankDetails, BankFileDownload
from .claims import Claim, ClaimLine, ClaimNote, Receipt
from .making import ClaimTold, FormDraft
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
    "ClaimTold",
    "Document",
    "ExpenseRule",
    "FeeRule",
    "FormDraft",
    "MileageRate",
    "Numbering",
    "Payment",
    "PaymentItem",
    "PaymentRun",
    "PolicyVersion",
    "Receipt",
    "SubsistenceBand",
]
