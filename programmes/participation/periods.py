"""The times a report can be about: quarters of a programme's funding, counted from its first day. No others.

Fixed times, which no reader chooses, so that two reports never differ by a day and by who came on it.
"""

import datetime as dt
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta

from programmes.programme.models.programmes import Programme


@dataclass(frozen=True)
class Period:
    """One quarter of a programme: its number from 1, and its days."""

    number: int
    first: dt.date
    last: dt.date


def periods_over(programme: Programme, on: dt.date) -> list[Period]:
    """Return the quarters of `programme` that are over on the day `on`, the latest first."""
    found: list[Period] = []
    while (first := programme.starts_on + relativedelta(months=3 * len(found))) <= programme.ends_on:
        following = programme.starts_on + relativedelta(months=3 * (len(found) + 1))
        last = min(following - dt.timedelta(days=1), programme.ends_on)
        if last >= on or last <= first:
            break
        found.append(Period(len(found) + 1, first, last))
    return found[::-1]


def period_of(programme: Programme, number: int, on: dt.date) -> Period | None:
    """Return the quarter of this `number`, or None where it is not over or there is none."""
    return next((one for one in periods_over(programme, on) if one.number == number), None)
