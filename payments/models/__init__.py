"""Nouns of the payments app."""

from .bank import BankDetails, BankFileDownload, NameCheck
from .claims import Claim, ClaimLine, ClaimNote, Receipt
from .files import BankLayout, JournalLayout, PayingAccount
from .making import ClaimTold, FormDraft
from .numbering import Numbering
from .policy import ClosedDay, ExpenseRule, FeeRule, MileageRate, PolicyVersion, SubsistenceBand
from .reports import (
    ReportFile,
    ReportKind,
    ReportRun,
    ReportSubscription,
    SmallNumberRule,
    YearStatement,
)
from .runs import Document, Payment, PaymentItem, PaymentRun

__all__ = [
    "BankDetails",
    "BankFileDownload",
    "BankLayout",
    "Claim",
    "ClaimLine",
    "ClaimNote",
    "ClosedDay",
    "ClaimTold",
    "Document",
    "ExpenseRule",
    "FeeRule",
    "FormDraft",
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
    "SubsistenceBand",
    "ReportFile",
    "ReportKind",
    "ReportRun",
    "ReportSubscription",
    "SmallNumberRule",
    "YearStatement",
]
