"""Functions that wings above add to the life of a programme."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from wellbeing.lib.types import User

if TYPE_CHECKING:
    from programmes.programme.models import Programme

# Called with the new programme and the user who set it up, in the same transaction.
after_creating: list[Callable[[Programme, User], None]] = []
