"""Nouns of the payments app."""

from .advances import Advance, AdvanceUse, Booking
from .approval import ApproverDuty, StaffNote, WarningLimits
from .bank import BankConfirmation, BankDetails, BankFileDownload, NameCheck
from .budgets import BudgetLine, BudgetOverride, BudgetRule
from .claims import Claim, ClaimLine, ClaimNote, Receipt
from .files import BankLayout, JournalLayout, PayingAccount
from .making import ClaimTold, FormDraft
from .numbering import Numbering
from .own import InvolvementLetter, OwnLimit
from .papers import Document, DocumentOrder, LetterSending, PaperProblem
from .policy import ClosedDay, ExpenseRule, FeeRule, MileageRate, PolicyVersion, SubsistenceBand
from .recognition import RecognitionChoice, RecognitionOffer
from .reports import (
    ReportFile,
    ReportKind,
    ReportRun,
    ReportSubscription,
    SmallNumberRule,
    YearStatement,
)
from .returns import PaymentReturn, ReturnReason
from .runs import Payment, PaymentItem, PaymentRun
from .signposts import Signpost
from .tax import TaxTreatment

__all__ = [
    "Advance",
    "AdvanceUse",
    "ApproverDuty",
    "BankConfirmation",
    "BankDetails",
    "BankFileDownload",
    "BankLayout",
    "Booking",
    "BudgetLine",
    "BudgetOverride",
    "BudgetRule",
    "Claim",
    "ClaimLine",
    "ClaimNote",
    "ClosedDay",
    "ClaimTold",
    "Document",
    "DocumentOrder",
    "ExpenseRule",
    "FeeRule",
    "FormDraft",
    "InvolvementLetter",
    "JournalLayout",
    "LetterSending",
    "MileageRate",
    "NameCheck",
    "Numbering",
    "OwnLimit",
    "PaperProblem",
    "PayingAccount",
    "Payment",
    "PaymentItem",
    "PaymentReturn",
    "PaymentRun",
    "PolicyVersion",
    "Receipt",
    "RecognitionChoice",
    "RecognitionOffer",
    "ReportFile",
    "ReportKind",
    "ReportRun",
    "ReportSubscription",
    "ReturnReason",
    "Signpost",
    "SmallNumberRule",
    "StaffNote",
    "SubsistenceBand",
    "TaxTreatment",
    "WarningLimits",
    "YearStatement",
]
