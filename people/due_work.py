"""Work that waits for a worker, as `registry.due_work` lists it: how much, since when, and how much failed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import QuerySet

from wellbeing.lib.types import Text


class Waiting(Protocol):
    """Rows some of which wait for a worker."""

    def due(self, now: dt.datetime) -> QuerySet[Any]:
        """Return those a worker should take."""

    def oldest_due(self, now: dt.datetime) -> dt.datetime | None:
        """Return the moment from which the longest waiting one has been due, or None."""


@dataclass(frozen=True)
class DueWork:
    """A kind of work that waits for a worker.

    `key` names it at /readyz, `title` to administrators. `rows` are all there are. `failed(now)` returns those that
    ended without success and still concern somebody.
    """

    key: str
    title: Text
    rows: Waiting
    failed: Callable[[dt.datetime], QuerySet[Any]] | None = None
    # Workers sweep up what was lost every half minute or minute: after this something is wrong.
    late_after: dt.timedelta = dt.timedelta(minutes=10)

    @property
    def minutes(self) -> int:
        return int(self.late_after.total_seconds() // 60)

    def state(self, now: dt.datetime) -> WorkState:
        """Count what waits, one under way included where it is the oldest, and what failed."""
        oldest = self.rows.oldest_due(now)
        return WorkState(
            oldest=oldest,
            waiting=max(self.rows.due(now).count(), 1 if oldest else 0),
            failed=self.failed(now).count() if self.failed else 0,
            counted_at=now,
            late_after=self.late_after,
        )

    def is_late(self, now: dt.datetime) -> bool:
        """Return whether the oldest has been due for longer than `late_after`."""
        oldest = self.rows.oldest_due(now)
        return oldest is not None and oldest < now - self.late_after


@dataclass(frozen=True)
class WorkState:
    """How much of a kind of work waits, from when the oldest has been due, and how much failed."""

    oldest: dt.datetime | None
    waiting: int
    failed: int
    counted_at: dt.datetime
    late_after: dt.timedelta

    @property
    def seconds(self) -> float:
        """Return for how long the oldest has been due; 0 when nothing waits."""
        return (self.counted_at - self.oldest).total_seconds() if self.oldest else 0

    @property
    def is_late(self) -> bool:
        return self.seconds > self.late_after.total_seconds()
