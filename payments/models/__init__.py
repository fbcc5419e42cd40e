"""Nouns of the payments app."""

from .approval import ApproverDuty, StaffNote, WarningLimits
from .bank import BankDetails, BankFileDownload
from .budgets import BudgetLine, BudgetOverride, BudgetRule
from .claims import Claim, ClaimLine, ClaimNote, Receipt
from .numbering import Numbering
from .policy import ExpenseRule, FeeRule, MileageRate, PolicyVersion
from .runs import Document, Payment, PaymentItem, PaymentRun

__all__ = [
    "ApproverDuty",
    "BankDetails",
    "BankFileDownload",
    "BudgetLine",
    "BudgetOverride",
    "BudgetRule",
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
    "StaffNote",
    "WarningLimits",
]
