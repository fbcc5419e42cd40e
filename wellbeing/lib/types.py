"""The names that signatures give to plain numbers, so that a reader sees the unit and the table.

They are names for `int`, not types of their own: a sum of pence stays pence without a cast, and Django's stubs give
every `pk` as `int`. mypy still refuses pence where pounds are wanted, because pounds are always `Decimal`.
"""

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    # The stubs tell lazy texts apart from other promises; Django has one class for both.
    from django.utils.functional import _StrPromise as LazyText
else:
    from django.utils.functional import Promise as LazyText

Pence: TypeAlias = int
PersonId: TypeAlias = int
ProgrammeId: TypeAlias = int
EventId: TypeAlias = int
ClaimId: TypeAlias = int

# A sentence or label for the screen, translated already or when it is shown (gettext, gettext_lazy).
Text: TypeAlias = str | LazyText
