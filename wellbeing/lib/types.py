"""The names that signatures give to plain numbers, so that a reader sees the unit and the table.

They are names for `int`, not types of their own: a sum of pence stays pence without a cast, and Django's stubs give
every `pk` as `int`. mypy still refuses pence where pounds are wanted, because pounds are always `Decimal`.
"""

from typing import TypeAlias

Pence: TypeAlias = int
PersonId: TypeAlias = int
ProgrammeId: TypeAlias = int
EventId: TypeAlias = int
ClaimId: TypeAlias = int
