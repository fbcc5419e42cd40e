"""Nouns of payees."""

from .bank import BankConfirmation, BankDetails
from .methods import MethodChoice, PaymentMethod
from .name_checks import AccountLook, NameCheck, NameCheckOverride
from .tax import TaxTreatment

__all__ = [
    "AccountLook",
    "BankConfirmation",
    "BankDetails",
    "MethodChoice",
    "NameCheck",
    "NameCheckOverride",
    "PaymentMethod",
    "TaxTreatment",
]
