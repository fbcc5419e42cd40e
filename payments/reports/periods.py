"""The periods a report can be about: whole months, quarters, years and tax years, and nothing in between.

A period is kept as a short text: "2026-10" (a month), "2026-Q3" (a quarter), "2026" (a year), "tax-2026" (the tax year
that starts on 6 April 2026).
"""

import datetime as dt
import re
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from payments.policy import calculations

MONTH, QUARTER, YEAR, TAX_YEAR = "month", "quarter", "year", "tax_year"
EARLIEST, LATEST = 2000, 2200
LATEST_DAY = dt.date(LATEST, 12, 31)
# How many of each are offered, the latest first.
MAX_OFFERED = {MONTH: 24, QUARTER: 8, YEAR: 5, TAX_YEAR: 7}


@dataclass(frozen=True)
class Period:
    """The days from `first` to `last`, both included, with the text by which they are kept."""

    key: str
    unit: str
    first: dt.date
    last: dt.date

    def __str__(self):
        if self.unit == MONTH:
            return f"{MONTHS[self.first.month]} {self.first.year}"
        if self.unit == QUARTER:
            return _("%(first)s to %(last)s %(year)s") % {
                "first": MONTHS[self.first.month],
                "last": MONTHS[self.last.month],
                "year": self.first.year,
            }
        if self.unit == TAX_YEAR:
            return _("Tax year %(first)s to %(last)s") % {"first": self.first.year, "last": self.last.year}
        return str(self.first.year)


def period(key):
    """Return the Period kept as `key`. Raises ValueError when the text is none."""
    if match := re.fullmatch(r"(tax-)?([0-9]{4})(?:-(?:([0-9]{2})|Q([1-4])))?", key):
        tax, year, month, quarter = match[1], int(match[2]), int(match[3] or 0), int(match[4] or 0)
        if EARLIEST <= year <= LATEST and month <= 12 and not (tax and (match[3] or quarter)):
            if tax:
                first, last = calculations.tax_year(dt.date(year, 4, 6))
                return Period(key, TAX_YEAR, first, last)
            if match[3] and month:
                return _whole(key, MONTH, dt.date(year, month, 1), 1)
            if quarter:
                return _whole(key, QUARTER, dt.date(year, quarter * 3 - 2, 1), 3)
            if not match[3]:
                return _whole(key, YEAR, dt.date(year, 1, 1), 12)
    raise ValueError(key)


def month_of(day):
    """Return the month of `day`."""
    return period(f"{day:%Y-%m}")


def quarter_of(day):
    """Return the quarter of `day`."""
    return period(f"{day.year}-Q{(day.month + 2) // 3}")


def year_of(day):
    """Return the year of `day`."""
    return period(f"{day.year}")


def tax_year_of(day):
    """Return the tax year of `day`."""
    return period(f"tax-{calculations.tax_year(day)[0].year}")


FINDERS = {MONTH: month_of, QUARTER: quarter_of, YEAR: year_of, TAX_YEAR: tax_year_of}


def offered(unit, today, since, ended=False):
    """List the periods of a kind from today's back to the day `since`, the latest first; `ended` asks for past ones."""
    periods: list[Period] = []
    day = today
    while len(periods) < MAX_OFFERED[unit] and day >= dt.date(EARLIEST, 12, 31):
        earlier = FINDERS[unit](day)
        if earlier.last < since:
            break
        if not ended or earlier.last < today:
            periods.append(earlier)
        day = earlier.first - dt.timedelta(days=1)
    return periods


def months_of(whole):
    """List the months that `whole` (a Period) reaches into, in order, each cut off where it ends."""
    day, months = whole.first, []
    while day <= whole.last:
        month = month_of(day)
        months.append(Period(month.key, MONTH, max(month.first, whole.first), min(month.last, whole.last)))
        day = month.last + dt.timedelta(days=1)
    return months


def _whole(key, unit, first, months):
    return Period(key, unit, first, first + relativedelta(months=months, days=-1))
