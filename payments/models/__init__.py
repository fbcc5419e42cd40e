"""Nouns of the payments app."""

from payments.advances.models import Advance, AdvanceUse, Booking
from payments.approval.models import ApproverDuty, StaffNote, WarningLimits
from payments.autosave.models import FormDraft
from payments.bank_files.models import BankFileDownload, BankLayout, JournalLayout, PayingAccount
from payments.budgets.models import BudgetLine, BudgetOverride, BudgetRule
from payments.claims.models import Claim, ClaimLine, ClaimNote, ClaimTold, Receipt
from payments.my_record.models import InvolvementLetter, OwnLimit, Signpost
from payments.payees.models import BankConfirmation, BankDetails, NameCheck, TaxTreatment
from payments.policy.models import ClosedDay, ExpenseRule, FeeRule, MileageRate, PolicyVersion, SubsistenceBand
from payments.recognition.models import RecognitionChoice, RecognitionOffer
from payments.reports.models import (
    ReportFile,
    ReportKind,
    ReportRun,
    ReportSubscription,
    SmallNumberRule,
    YearStatement,
)
from payments.runs.models import (
    Document,
    DocumentOrder,
    LetterSending,
    PaperProblem,
    Payment,
    PaymentItem,
    PaymentReturn,
    PaymentRun,
    ReturnReason,
)
from payments.shared.models import Numbering

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
