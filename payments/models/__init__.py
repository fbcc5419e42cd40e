"""Nouns of the payments app."""

from .bank import BankDetails, BankFileDownload
from .claims import Claim, ClaimLine, ClaimNote, Receipt
from .numbering import Numbering
from .policy import ExpenseRule, FeeRule, MileageRate, PolicyVersion
from .reports import ReportFile, ReportKind, ReportRun, ReportSubscription, SmallNumberRule, YearStatement
from .runs import Document, Payment, PaymentItem, PaymentRun

__all__ = [
    "BankDetails",
    "BankFileDownload",
    "Claim",
    "ClaimLine",
    "ClaimNote",
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
    "ReportFile",
    "ReportKind",
    "ReportRun",
    "ReportSubscription",
    "SmallNumberRule",
    "YearStatement",
]
