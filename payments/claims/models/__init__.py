"""Nouns of claims."""

from .claim import Claim
from .lines import ClaimLine
from .notes import ClaimNote
from .receipts import Receipt
from .states import ClaimStatus

__all__ = [
    "Claim",
    "ClaimLine",
    "ClaimNote",
    "ClaimStatus",
    "Receipt",
]
