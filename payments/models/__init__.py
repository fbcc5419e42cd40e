"""Nouns of the payments app."""

from .bank import BankDetails, BankFileDownload
from .claims import Claim, ClaimLine, ClaimNote, Receipt
from .making import ClaimTold, FormDraft
from .numbering import Numbering
from .policy import ExpenseRule, FeeRule, MileageRate, PolicyVersion
from .runs import Document, Payment, PaymentItem, PaymentRun

__all__ = [
    "BankDetails",
    "BankFileDownload",
    "Claim",
    "ClaimLine",
    "ClaimNote",
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
]
