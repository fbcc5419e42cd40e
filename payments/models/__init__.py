"""Nouns of the payments app."""

from payments.advances.models import Advance, AdvanceUse, AskedBefore, Booking
from payments.approval.models import ApproverAssignment, StaffNote, WarningThresholds
from payments.autosave.models import FormDraft
from payments.bank_files.models.downloads import RunFileDownload
from payments.bank_files.models.setup import BankFileFormat, JournalFormat, PayingAccount
from payments.budgets.models import BudgetLine, BudgetOverride, BudgetRule
from payments.claims.models.claim import Claim
from payments.claims.models.lines import ClaimLine
from payments.claims.models.notes import ClaimNote
from payments.claims.models.receipts import Receipt
from payments.my_record.models import EarningsLimit, InvolvementLetter, Signpost
from payments.payees.models.bank import BankConfirmation, BankDetails
from payments.payees.models.methods import MethodChoice, PaymentMethod
from payments.payees.models.name_checks import AccountLook, NameCheck, NameCheckOverride
from payments.payees.models.tax import TaxTreatment
from payments.policy.models.closed_days import ClosedDay
from payments.policy.models.expenses import ExpenseRule, SubsistenceBand
from payments.policy.models.fees import FeeRule
from payments.policy.models.mileage_rates import MileageRate
from payments.policy.models.offers import InvitationOffer
from payments.policy.models.versions import PolicyVersion
from payments.publishing.models import Publication
from payments.recognition.models import RecognitionChoice, RecognitionOffer
from payments.reports.models import (
    ReportFile,
    ReportKind,
    ReportRun,
    ReportSubscription,
    SmallNumberRule,
    YearStatement,
)
from payments.runs.models.documents import Document, DocumentRequest, LetterDispatch, PaperProblem
from payments.runs.models.made import PaymentMade, TakenOut
from payments.runs.models.payments import Payment, PaymentItem
from payments.runs.models.returns import PaymentReturn, ReturnReason
from payments.runs.models.runs import PaymentRun
from payments.shared.models import ReferenceCounter

__all__ = [
    "AccountLook",
    "Advance",
    "AdvanceUse",
    "ApproverAssignment",
    "AskedBefore",
    "BankConfirmation",
    "BankDetails",
    "BankFileFormat",
    "Booking",
    "BudgetLine",
    "BudgetOverride",
    "BudgetRule",
    "Claim",
    "ClaimLine",
    "ClaimNote",
    "ClosedDay",
    "Document",
    "DocumentRequest",
    "EarningsLimit",
    "ExpenseRule",
    "FeeRule",
    "FormDraft",
    "InvitationOffer",
    "InvolvementLetter",
    "JournalFormat",
    "LetterDispatch",
    "MethodChoice",
    "MileageRate",
    "NameCheck",
    "NameCheckOverride",
    "PaperProblem",
    "PayingAccount",
    "Payment",
    "PaymentItem",
    "PaymentMade",
    "PaymentMethod",
    "PaymentReturn",
    "PaymentRun",
    "PolicyVersion",
    "Publication",
    "Receipt",
    "RecognitionChoice",
    "RecognitionOffer",
    "ReferenceCounter",
    "ReportFile",
    "ReportKind",
    "ReportRun",
    "ReportSubscription",
    "ReturnReason",
    "RunFileDownload",
    "Signpost",
    "SmallNumberRule",
    "StaffNote",
    "SubsistenceBand",
    "TakenOut",
    "TaxTreatment",
    "WarningThresholds",
    "YearStatement",
]
