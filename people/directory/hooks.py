"""Where the wings and apps above plug into putting two records of one person together.

Nothing in this file knows an app above. Both ways of it also call `people.registry.before_take_over`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from people.directory.models import Person

# Return why (record, person) must not be put together by colleagues now, in a sentence they read; "" where they may.
why_not_merged: list[Callable[[Person, Person], str]] = []
# Called when colleagues have put two records of the person together.
records_merged: list[Callable[[Person], None]] = []
# The kinds of rows of which a person has at most one about one thing, such as an invitation to an event.
kept_once: list[KeptOnce] = []
# The kinds of rows of a person, by their label, with which rows of other people move: undoing puts those back as well.
move_others: list[str] = []


@dataclass(frozen=True)
class KeptOnce:
    """A kind of row, by its label, of which one is kept where two records of one person have one about the same thing.

    It is that of the person who stays, unless `says_more(theirs, own)` is true of the other one, such as a reply where
    there was none. What hangs on the row that goes is moved to the one that is kept, as far as it has none of its own.
    A row goes only where `may_go` is true of it.
    """

    label: str
    says_more: Callable[[Any, Any], bool] = lambda theirs, own: False
    may_go: Callable[[Any], bool] = lambda row: True


def has_answered(theirs: Any, own: Any) -> bool:
    """Return whether of two rows of somebody who was asked the other one alone has an answer (`answered_on`)."""
    return theirs.answered_on is not None and own.answered_on is None
