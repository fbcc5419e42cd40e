"""The periods a report can be about: months, quarters, years of several kinds, and from one day to another.

A period is kept as a short text that stands for the same days whatever changes in its programme: "2026-10" (a month),
"2026-Q3" (a quarter), "2026" (a year), "tax-2026" (the tax year that starts on 6 April 2026), "fin-2026-04" (the
financial year that starts in April 2026), "grant-2026-07-01_2027-06-30" (a year of a grant), "2026-10-01_2026-11-15".
"""

import datetime as dt
import re
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from payments.budgets import queries as budget_queries
from payments.policy import calculations
from wellbeing.lib.dates import short_date

MONTH, QUARTER, YEAR, TAX_YEAR = "month", "quarter", "year", "tax_year"
FINANCIAL_YEAR, GRANT_YEAR, SPAN = "financial_year", "grant_year", "span"
EARLIEST, LATEST = 2000, 2200
LATEST_DAY = dt.date(LATEST, 12, 31)
# How many of each are offered, the latest first.
MAX_OFFERED = {MONTH: 24, QUARTER: 8, YEAR: 5, TAX_YEAR: 7, FINANCIAL_YEAR: 7, GRANT_YEAR: 10}


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
        if self.unit == FINANCIAL_YEAR:
            return _("Financial year %(first)s to %(last)s") % {
                "first": f"{MONTHS[self.first.month]} {self.first.year}",
                "last": f"{MONTHS[self.last.month]} {self.last.year}",
            }
        days = {"first": short_date(self.first), "last": short_date(self.last)}
        if self.unit == GRANT_YEAR:
            return _("Grant year %(first)s to %(last)s") % days
        if self.unit == SPAN:
            return _("%(first)s to %(last)s") % days
        return str(self.first.year)


def period(key):
    """Return the Period kept as `key`. Raises ValueError when the text is none."""
    if match := re.fullmatch(r"(grant-)?([0-9]{4}-[0-9]{2}-[0-9]{2})_([0-9]{4}-[0-9]{2}-[0-9]{2})", key):
        try:
            first, last = dt.date.fromisoformat(match[2]), dt.date.fromisoformat(match[3])
        except ValueError:
            raise ValueError(key) from None
        if first.year >= EARLIEST and first <= last <= LATEST_DAY:
            return Period(key, GRANT_YEAR if match[1] else SPAN, first, last)
        raise ValueError(key)
    match = re.fullmatch(r"fin-([0-9]{4})-(0[1-9]|1[0-2])", key)
    if match and EARLIEST <= int(match[1]) <= LATEST:
        return _whole(key, FINANCIAL_YEAR, dt.date(int(match[1]), int(match[2]), 1), 12)
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


def financial_year_of(day, starts):
    """Return the financial year of `day` where one starts with the month `starts` (1 to 12)."""
    return period(f"fin-{day.year - (day.month < starts)}-{starts:02d}")


def grant_year_of(day, programme):
    """Return the year of the funding of `programme` that `day` is in; the last one ends with the funding."""
    first, last = budget_queries.year_of(programme, day)
    return period(f"grant-{first}_{last}")


def span(first, last):
    """Return the period from the day `first` to the day `last`. Raises ValueError when there is none."""
    return period(f"{first}_{last}")


def finders(programme):
    """Return the functions that find the period of a day, by unit, for `programme`."""
    return {
        MONTH: month_of,
        QUARTER: quarter_of,
        YEAR: year_of,
        TAX_YEAR: tax_year_of,
        FINANCIAL_YEAR: lambda day: financial_year_of(day, programme.financial_year_starts),
        GRANT_YEAR: lambda day: grant_year_of(day, programme),
    }


def offered(unit, today, programme, ended=False):
    """List the periods of a unit from today's back to the start of `programme`, the latest first.

    `ended` asks for past ones. Years of a grant end with the funding.
    """
    periods: list[Period] = []
    find, since = finders(programme)[unit], programme.starts_on
    day = min(today, programme.ends_on) if unit == GRANT_YEAR else today
    while len(periods) < MAX_OFFERED[unit] and day >= dt.date(EARLIEST, 12, 31):
        earlier = find(day)
        # Before the funding there is no year of it: the first one is found again.
        if earlier.last < since or earlier.first > day:
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
