"""The periods a report can be about: whole months, quarters and years, and tax years. Nothing in between can be asked.

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
    """A stretch of days, `first` to `last` (dates, both in it), under the text it is kept as."""

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
    """The Period kept as `key`. Raises ValueError when the text is none."""
    if found := re.fullmatch(r"(tax-)?([0-9]{4})(?:-(?:([0-9]{2})|Q([1-4])))?", key):
        tax, year, month, quarter = found[1], int(found[2]), int(found[3] or 0), int(found[4] or 0)
        if EARLIEST <= year <= LATEST and month <= 12 and not (tax and (found[3] or quarter)):
            if tax:
                first, last = calculations.tax_year(dt.date(year, 4, 6))
                return Period(key, TAX_YEAR, first, last)
            if found[3] and month:
                return _whole(key, MONTH, dt.date(year, month, 1), 1)
            if quarter:
                return _whole(key, QUARTER, dt.date(year, quarter * 3 - 2, 1), 3)
            if not found[3]:
                return _whole(key, YEAR, dt.date(year, 1, 1), 12)
    raise ValueError(key)


def month_of(day):
    """The month a date lies in."""
    return period(f"{day:%Y-%m}")


def quarter_of(day):
    """The quarter a date lies in."""
    return period(f"{day.year}-Q{(day.month + 2) // 3}")


def year_of(day):
    """The year a date lies in."""
    return period(f"{day.year}")


def tax_year_of(day):
    """The tax year a date lies in."""
    return period(f"tax-{calculations.tax_year(day)[0].year}")


FINDERS = {MONTH: month_of, QUARTER: quarter_of, YEAR: year_of, TAX_YEAR: tax_year_of}


def offered(unit, today, since, ended=False):
    """The periods of a kind from today's back to the day `since`, the latest first; only those over when `ended`."""
    found, day = [], today
    while len(found) < MAX_OFFERED[unit] and day >= dt.date(EARLIEST, 12, 31):
        each = FINDERS[unit](day)
        if each.last < since:
            break
        if not ended or each.last < today:
            found.append(each)
        day = each.first - dt.timedelta(days=1)
    return found


def months_of(whole):
    """The months that `whole` (a Period) reaches into, in order, each cut off where it ends."""
    day, found = whole.first, []
    while day <= whole.last:
        month = month_of(day)
        found.append(Period(month.key, MONTH, max(month.first, whole.first), min(month.last, whole.last)))
        day = month.last + dt.timedelta(days=1)
    return found


def _whole(key, unit, first, months):
    return Period(key, unit, first, first + relativedelta(months=months, days=-1))
