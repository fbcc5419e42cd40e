"""Nouns of claims."""

from .claim import Claim
from .constraints import 
from .lines import ClaimLine
from .notes import ClaimNote
from .notices import ClaimTold
from .receipts import Receipt
from .states import ClaimStatus
from .triggers import 

__all__ = [
    "Claim",
    "ClaimLine",
    "ClaimNote",
    "ClaimStatus",
    "ClaimTold",
    "Receipt",
]
