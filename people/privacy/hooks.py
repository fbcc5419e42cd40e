"""Where the apps above, and the wings above, plug into privacy: what only they know of somebody, and what they keep.

Nothing in this file knows an app above.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from people.directory.models import Person
from people.registry import Voice
from wellbeing.lib.types import Text, User

# Return sentences that say what has to be settled before the person can be removed; empty for nothing.
before_erasure_settle: list[Callable[[Person], list[Text]]] = []
# Called in the transaction that removes the person, before any row is changed.
before_erasure: list[Callable[[Person], None]] = []
# Called in the transaction that removes the person, once their words are gone: makes anew what was made of them. Takes
# the person and the user who confirmed it.
after_erasure: list[Callable[[Person, User | None], None]] = []
# Return the last day on which the person was a part of something of the app; None while they are, and the first day
# there is (datetime.date.min) where they never were.
last_days: list[Callable[[Person], dt.date | None]] = []
# Return the sentences that say what of the person stays after an erasure, and why.
kept_after_erasure: list[Callable[[Person], list[Text]]] = []
# Return the last day until which records of accounts about the person are kept, or None where there is none.
accounts_kept_until: list[Callable[[Person], dt.date | None]] = []
# Files made of many rows, by the label of their model: the kind of long work that makes the file of a row.
files_made_anew: dict[str, str] = {}
# By its key: a kind of thing that is kept for a time, and then removed.
retention_kinds: dict[str, RetentionKind] = {}
# Return the name of the role in which the user reads what is about others, or "": without a question of its own.
roles_of_readers: list[Callable[[User], str]] = []
# Return whether the user may open the access needs of the person in an emergency, giving the reason.
emergency_readers: list[Callable[[User, Person], bool]] = []
# Return Q over Person: whose requests and complaints the user handles, beside administrators.
people_handled: list[Callable[[User], Q]] = []
# Return who decides how data of the person is used: name and how to reach them.
controllers: list[Callable[[Person], list[Voice]]] = []


@dataclass(frozen=True)
class RetentionKind:
    """A kind of thing that is kept for the time of a dated rule (`people.privacy.models.PrivacyRule`).

    `due(rule, on, key)` returns the (key, day since which it is kept) of what has been kept long enough on a day; with
    a `key` it need not look at any other. `remove(key)` removes one, and raises ActionError with the reason where that
    cannot be; `describe(keys)` names them, for colleagues, by their keys.
    """

    key: str
    title: Text
    rule: str
    due: Callable[[Any, dt.date, int | None], Iterable[tuple[int, dt.date]]]
    remove: Callable[[int], None]
    describe: Callable[[Iterable[int]], dict[int, str]]


def add_retention_kinds(*kinds: RetentionKind) -> None:
    """Register kinds of things that are removed in time. Raises ValueError for a key that another has."""
    for kind in kinds:
        if kind.key in retention_kinds:
            raise ValueError(f"Two kinds of retention are called {kind.key}.")
        retention_kinds[kind.key] = kind
