"""Nouns of payees."""

from .bank import BankConfirmation, BankDetails, NameCheck
from .tax import TaxTreatment

__all__ = [
    "BankConfirmation",
    "BankDetails",
    "NameCheck",
    "TaxTreatment",
]
