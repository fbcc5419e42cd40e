"""The form of every report: sections of columns and rows, which are read once; and how each value is written."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from wellbeing.lib.dates import short_date, time_of_day
from wellbeing.lib.money import pounds
from wellbeing.lib.spreadsheets import DATE, DECIMAL, MOMENT, MONEY, NUMBER, NUMERIC, PERCENT, TEXT, read

__all__ = [
    "DATE",
    "DECIMAL",
    "MOMENT",
    "MONEY",
    "NUMBER",
    "NUMERIC",
    "PERCENT",
    "TEXT",
    "Report",
    "ReportColumn",
    "Section",
    "plain",
    "read",
    "words",
]


@dataclass(frozen=True)
class ReportColumn:
    """One column: its heading and the kind of its values (see `wellbeing.lib.spreadsheets`).

    `summed` columns are added up under the table.
    """

    label: str
    kind: str = TEXT
    summed: bool = False


@dataclass
class Section:
    """One table of a report. `rows` is any iterable of lists with one value for each of `columns`; it is read once.

    `worked_out_last` sections are read after the others and still shown in their place: they add the others up.
    `only_in_spreadsheets` tables are too long for paper: a note says where they are.
    """

    title: str
    columns: list[ReportColumn]
    rows: Iterable[Sequence[Any]]
    note: str = ""
    worked_out_last: bool = False
    only_in_spreadsheets: bool = False


@dataclass
class Report:
    """A report before its rows are read: `expected` is about how many there will be, for the progress bar."""

    title: str
    period: str
    sections: list[Section]
    notes: list[str] = field(default_factory=list)
    expected: int | Callable[[], int] = 0


def plain(value):
    """Return `value` as JSON can keep it: dates and datetimes as ISO text, the rest unchanged."""
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).isoformat()
    return value.isoformat() if isinstance(value, dt.date) else value


def words(kind, value):
    """Write a value for its reader on a page or on paper; "" for None."""
    value = read(kind, value)
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if kind == MONEY:
        return pounds(value)
    if kind == PERCENT:
        return f"{value:.1f}%"
    if kind == DECIMAL:
        return f"{value:,.1f}"
    if kind == NUMBER:
        return f"{value:,}"
    if kind == MOMENT:
        return f"{short_date(value)}, {time_of_day(value)}"
    return short_date(value)
