"""Nouns of the payments app."""

from .bank import BankDetails, BankFileDownload
from .claims import Claim, ClaimLine, ClaimNote, Receipt
from .numbering import Numbering
from .papers import Document, DocumentOrder, LetterSending
from .policy import ExpenseRule, FeeRule, MileageRate, PolicyVersion
from .returns import PaymentReturn, ReturnReason
from .runs import Payment, PaymentItem, PaymentRun
from .tax import TaxTreatment

__all__ = [
    "BankDetails",
    "BankFileDownload",
    "Claim",
    "ClaimLine",
    "ClaimNote",
    "Document",
    "DocumentOrder",
    "ExpenseRule",
    "FeeRule",
    "LetterSending",
    "MileageRate",
    "Numbering",
    "Payment",
    "PaymentItem",
    "PaymentReturn",
    "PaymentRun",
    "PolicyVersion",
    "Receipt",
    "ReturnReason",
    "TaxTreatment",
]
