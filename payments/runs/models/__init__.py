"""Nouns of payment runs."""

from .documents import Document, DocumentRequest, LetterDispatch, PaperProblem
from .payments import Payment, PaymentItem
from .returns import PaymentReturn, ReturnReason
from .runs import PaymentRun

__all__ = [
    "Document",
    "DocumentRequest",
    "LetterDispatch",
    "PaperProblem",
    "Payment",
    "PaymentItem",
    "PaymentReturn",
    "PaymentRun",
    "ReturnReason",
]
