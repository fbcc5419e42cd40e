"""Nouns of the payments app."""

from .advances import Advance, AdvanceUse, Booking
from .bank import BankDetails, BankFileDownload
from .claims import Claim, ClaimLine, ClaimNote, Receipt
from .numbering import Numbering
from .own import InvolvementLetter, OwnLimit
from .policy import ExpenseRule, FeeRule, MileageRate, PolicyVersion
from .recognition import RecognitionChoice, RecognitionOffer
from .runs import Document, Payment, PaymentItem, PaymentRun
from .signposts import Signpost

__all__ = [
    "Advance",
    "AdvanceUse",
    "BankDetails",
    "BankFileDownload",
    "Booking",
    "Claim",
    "ClaimLine",
    "ClaimNote",
    "Document",
    "ExpenseRule",
    "FeeRule",
    "InvolvementLetter",
    "MileageRate",
    "Numbering",
    "OwnLimit",
    "Payment",
    "PaymentItem",
    "PaymentRun",
    "PolicyVersion",
    "Receipt",
    "RecognitionChoice",
    "RecognitionOffer",
    "Signpost",
]
