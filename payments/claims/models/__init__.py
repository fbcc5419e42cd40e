"""Nouns of claims."""

from .claim import Claim
from .lines import ClaimLine
from .notes import ClaimNote
from .notices import ClaimTold
from .receipts import Receipt

__all__ = [
    "Claim",
    "ClaimLine",
    "ClaimNote",
    "ClaimTold",
    "Receipt",
]
