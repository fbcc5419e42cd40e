"""Sums about how often somebody wishes to be asked."""

import calendar
import datetime as dt
from dataclasses import dataclass


def months_before(day: dt.date, months: int) -> dt.date:
    """Return the day `months` before `day`; the last of its month where there is no such day."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class LimitStanding:
    """The wish of somebody to be invited at most `number` times in `months`, and how often they were: `asked`."""

    number: int
    months: int
    asked: int

    @property
    def would_pass(self) -> bool:
        """Return whether one invitation more is more than they wish."""
        return self.asked >= self.number

    @property
    def is_last(self) -> bool:
        """Return whether one invitation more is the last that they wish."""
        return self.asked == self.number - 1
