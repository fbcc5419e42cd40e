"""Where wings above plug into the welcome of a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from people.messages.models import Notice
    from programmes.programme.models import Joining


@dataclass(frozen=True)
class WithWelcome:
    """Paragraphs that go with the welcome of somebody; `told(notice)` hears which message has them."""

    paragraphs: Sequence[str]
    told: Callable[[Notice], None]


# Return what goes with the welcome of the person of a joining, or None. Called in the transaction that writes it.
with_welcome: list[Callable[[Joining], WithWelcome | None]] = []
