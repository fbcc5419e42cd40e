"""Nouns of payment runs."""

from .documents import Document, DocumentOrder, LetterSending, PaperProblem
from .payments import Payment, PaymentItem
from .returns import PaymentReturn, ReturnReason
from .runs import PaymentRun

__all__ = [
    "Document",
    "DocumentOrder",
    "LetterSending",
    "PaperProblem",
    "Payment",
    "PaymentItem",
    "PaymentReturn",
    "PaymentRun",
    "ReturnReason",
]
