"""Write dates and times as people read them, and count working days. Everything is Europe/London."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from holidays import HolidayBase

# A datetime is a date to Python.
DayT = TypeVar("DayT", dt.date, dt.datetime)


def today() -> dt.date:
    """Return today's date in London."""
    return timezone.localdate()


def long_date(value: dt.date) -> str:
    """Write a date, or a datetime seen from London, as "Monday 4 May 2026"."""
    return date_format(_local(value), "l j F Y")


def week_day(value: dt.date) -> str:
    """Write a date, or a datetime seen from London, as "Monday 4 May": for text messages, about the months ahead."""
    return date_format(_local(value), "l j F")


def short_date(value: dt.date) -> str:
    """Write a date, or a datetime seen from London, as "4 May 2026"."""
    return date_format(_local(value), "j F Y")


def time_of_day(value: dt.time | dt.datetime) -> str:
    """Write a time or datetime as "10am", "12:30pm", "noon" or "midnight"."""
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value).time() if timezone.is_aware(value) else value.time()
    if (value.hour, value.minute) == (12, 0):
        return _("noon")
    if (value.hour, value.minute) == (0, 0):
        return _("midnight")
    suffix = _("am") if value.hour < 12 else _("pm")
    hour = value.hour % 12 or 12
    return f"{hour}:{value.minute:02d}{suffix}" if value.minute else f"{hour}{suffix}"


def day_and_times(starts_at: dt.datetime, ends_at: dt.datetime, write_day: Callable[[dt.date], str] = long_date) -> str:
    """Write a span as "Monday 4 May 2026, 10am to 12:30pm"; name both days where it runs past midnight.

    With `short_date` for `write_day`: "4 May 2026, 10am to 12:30pm", for a list.
    """
    if _local(starts_at).date() == _local(ends_at).date():
        return _("%(day)s, %(start)s to %(end)s") % {
            "day": write_day(starts_at),
            "start": time_of_day(starts_at),
            "end": time_of_day(ends_at),
        }
    return _("%(day)s, %(start)s to %(last_day)s, %(end)s") % {
        "day": write_day(starts_at),
        "start": time_of_day(starts_at),
        "last_day": write_day(ends_at),
        "end": time_of_day(ends_at),
    }


def bank_holiday(day: dt.date) -> str:
    """Return the name of the bank holiday in England on `day`, or ""."""
    return _england().get(day) or ""


def is_working_day(day: dt.date, closed: Collection[dt.date] = ()) -> bool:
    """Return whether `day` is a working day in England: no weekend, bank holiday or one of the extra `closed` dates."""
    return day.weekday() < 5 and day not in _england() and day not in closed


def add_working_days(start: dt.date, days: int, closed: Iterable[dt.date] = ()) -> dt.date:
    """Return the date `days` working days after `start`, by England's bank holidays and the extra `closed` dates.

    The day itself does not count: a Friday plus one working day is Monday.
    """
    closed, day = frozenset(closed), start
    while days > 0:
        day += dt.timedelta(days=1)
        if is_working_day(day, closed):
            days -= 1
    return day


def working_days_between(start: dt.date, end: dt.date, closed: Iterable[dt.date] = ()) -> int:
    """Count the working days after `start`, up to and with `end`; 0 where `end` is not later.

    The reverse of `add_working_days`: a Friday to the Monday after it is 1.
    """
    calendar, closed = _england(), frozenset(closed)
    days = (start + dt.timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(day.weekday() < 5 and day not in calendar and day not in closed for day in days)


def _local(value: DayT) -> DayT:
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


@lru_cache(maxsize=1)
def _england() -> "HolidayBase":
    # Few processes count working days, and the calendars of the whole world take a tenth of their start to import.
    from holidays import country_holidays

    return country_holidays("GB", subdiv="ENG")
