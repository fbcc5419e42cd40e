"""Find the days on which reminders fall due, and whether one is due today."""

import datetime as dt
from collections.abc import Collection, Sequence


def occasions(first: dt.date, again_after: int | None, at_most: int) -> list[dt.date]:
    """Return the days of `at_most` reminders, the first on `first` and each `again_after` days after the one before."""
    return [first + dt.timedelta(days=number * (again_after or 0)) for number in range(at_most)]


def is_due(days: Sequence[dt.date], at_most: int, reminded: Collection[dt.date], on: dt.date) -> bool:
    """Return whether a reminder is due on the day `on`, of a thing whose reminders fall on `days`.

    `reminded` are the days of those there were. The last day passed counts, so that a day without a worker, or one on
    which somebody else's reminder went first, loses nothing.
    """
    passed = [day for day in days if day <= on]
    if not passed or len(reminded) >= at_most:
        return False
    return all(day < max(passed) for day in reminded)
