"""Functions that wings above add to the life of a claim."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from payments.claims.models.claim import Claim

# Called as a claim is sent: each takes the locked claim and returns further fields of it to save.
on_sending: "list[Callable[[Claim], dict[str, Any]]]" = []
