"""Work out the days of an event, and the dates of a series, from numbers and times alone."""

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
WEEK = dt.timedelta(weeks=1)


@dataclass(frozen=True)
class EventDay:
    """One day of an event, by its `number` from 1, with when it starts and ends."""

    number: int
    starts_at: dt.datetime
    ends_at: dt.datetime

    @property
    def date(self) -> dt.date:
        """Return the date it starts on, in London."""
        return self.starts_at.astimezone(LONDON).date()

    @property
    def starts(self) -> dt.time:
        """Return the time it starts at, in London."""
        return self.starts_at.astimezone(LONDON).time()

    @property
    def ends(self) -> dt.time:
        """Return the time it ends at, in London."""
        return self.ends_at.astimezone(LONDON).time()

    @property
    def is_past_midnight(self) -> bool:
        """Return whether it ends on another date than it starts."""
        return self.ends_at.astimezone(LONDON).date() != self.date


def days_of(
    starts_at: dt.datetime, ends_at: dt.datetime, day_starts: Sequence[dt.time], day_ends: Sequence[dt.time]
) -> list[EventDay]:
    """Return the days of an event from its first start to its last end.

    `day_starts` are the starts of all days but the first, `day_ends` the ends of all but the last; without them it is
    one day, which may run past midnight.
    """
    first = starts_at.astimezone(LONDON).date()
    starts = [starts_at, *(_at(first, number, time) for number, time in enumerate(day_starts, start=1))]
    ends = [*(_at(first, number, time) for number, time in enumerate(day_ends)), ends_at]
    pairs = zip(starts, ends, strict=True)
    return [EventDay(number, begins, stops) for number, (begins, stops) in enumerate(pairs, start=1)]


def _at(first: dt.date, days_on: int, time: dt.time) -> dt.datetime:
    return dt.datetime.combine(first + dt.timedelta(days=days_on), time, tzinfo=LONDON).astimezone(dt.UTC)


def every_so_many_weeks(first: dt.date, until: dt.date, weeks: int) -> list[dt.date]:
    """Return the dates from `first` to `until`, `weeks` weeks apart."""
    return [first + number * weeks * WEEK for number in range((until - first).days // (7 * weeks) + 1)]


def same_weekday_of_month(first: dt.date, until: dt.date) -> list[dt.date]:
    """Return `first` and, in each later month until `until`, the weekday that is as manieth of its month as `first` is.

    A fifth one counts as the last of each month.
    """
    nth = (first.day - 1) // 7
    dates = []
    for year, month in _months(first, until):
        start = dt.date(year, month, 1)
        day = start + dt.timedelta(days=(first.weekday() - start.weekday()) % 7)
        last = calendar.monthrange(year, month)[1]
        days_on = 7 * nth if day.day + 7 * nth <= last else 7 * (nth - 1)
        dates.append(day + dt.timedelta(days=days_on))
    return [date for date in dates if first <= date <= until]


def same_day_of_month(first: dt.date, until: dt.date) -> list[dt.date]:
    """Return the day of the month of `first` in each month until `until`; the last one where a month is shorter."""
    dates = [
        dt.date(year, month, min(first.day, calendar.monthrange(year, month)[1]))
        for year, month in _months(first, until)
    ]
    return [date for date in dates if first <= date <= until]


def _months(first: dt.date, until: dt.date) -> list[tuple[int, int]]:
    number = (until.year - first.year) * 12 + until.month - first.month
    months = [first.year * 12 + first.month - 1 + each for each in range(number + 1)]
    return [(month // 12, month % 12 + 1) for month in months]
