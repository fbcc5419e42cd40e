"""The one writer of tables that leave the product: CSV and XLSX, for lists, reports and files of a run."""

import csv
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import IO, Any

import xlsxwriter
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from .money import plain_pounds

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Excel takes a file for UTF-8 only when it starts with this mark.
BYTE_ORDER_MARK = "\ufeff"

# The kinds of a column's values. TEXT is str. NUMBER is int. DECIMAL and PERCENT have one place after the point.
# MONEY is whole pence (int). DATE is a date and MOMENT an aware datetime, or the ISO text of one. A column of numbers
# may also hold a text: why there is no number. Any of them may be None.
TEXT, NUMBER, DECIMAL, PERCENT, MONEY, DATE, MOMENT = "text", "number", "decimal", "percent", "money", "date", "moment"
NUMERIC = {NUMBER, DECIMAL, PERCENT, MONEY}
_NUMBER_FORMATS = {MONEY: "#,##0.00", DECIMAL: "#,##0.0", PERCENT: "0.0", NUMBER: "#,##0"}
_DATE_FORMATS = {DATE: "d mmmm yyyy", MOMENT: "d mmmm yyyy hh:mm:ss"}
# In letters. A column is as wide as what it holds, within these bounds; longer texts go on on the next line.
MIN_WIDTH, MAX_WIDTH = 8, 60
_WIDTHS = {DATE: 20, MOMENT: 28}
A4 = 9
# So many cells of a CSV file are kept, to be written again as they are; of texts, those of at most so many letters.
KEPT_CELLS, LONGEST_KEPT = 4096, 80
# A sheet of a spreadsheet holds 1,048,576 rows.
MAX_ON_A_SHEET = 1_000_000

# A spreadsheet runs a cell that starts with one of these as a formula: some also when the sign is a wide one, as in
# Japanese, or stands behind spaces or a quotation mark. A reader that splits at semicolons or tabs, as spreadsheets set
# up for much of Europe do, makes a cell of its own of whatever follows one, and takes a line end for a new row.
_FORMULA = re.compile(r"""((?:^|[;|\t\n\r\v\f])[\s"]*)([=+\-@\uff1d\uff0b\uff0d\uff20])""")
_NUMBER = re.compile(r"-[0-9]+(\.[0-9]+)?")
# A spreadsheet that opens a CSV takes these for numbers or dates and changes them: a phone number loses its first 0, a
# long number its last digits, the sort code 01-02-03 and the reference MAY-12 become days.
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec"
_CHANGED = re.compile(
    r"0[0-9]+|[0-9]{12,}|[0-9]+(\.[0-9]+)?e[0-9]+|[0-9]{1,4}[-/.][0-9]{1,2}([-/.][0-9]{1,4})?"
    rf"|({_MONTHS})[a-z]*[-/ ]?[0-9]{{1,4}}|[0-9]{{1,2}}[-/ ]?({_MONTHS})[a-z]*([-/ ][0-9]{{1,4}})?",
    re.IGNORECASE,
)

Columns = Sequence[tuple[Any, str]]


class _Line:
    """Stands where csv wants a file, so that `writerow` returns the line instead of keeping it."""

    def write(self, line: str) -> str:
        return line


_WRITER: Any = csv.writer(_Line())


def harmless(value: Any) -> str:
    """Return `value` as text of which no spreadsheet runs a part, whether it splits at commas, semicolons or tabs.

    An apostrophe goes before each = + - @ that would start a cell. A tab or carriage return at the start has one before
    it. Negative numbers stay as they are. None is "".
    """
    text = "" if value is None else str(value)
    if _NUMBER.fullmatch(text):
        return text
    text = _FORMULA.sub(r"\1'\2", text)
    return f"'{text}" if text.startswith(("\t", "\r")) else text


def csv_line(cells: Iterable[Any]) -> str:
    """Return one line of a CSV file with its line end; each cell is made harmless."""
    return _WRITER.writerow([harmless(cell) for cell in cells])


def csv_row(kinds: Iterable[str], values: Iterable[Any]) -> str:
    """Return one line of values of these kinds.

    Amounts are pounds with two places, days 2026-11-23 and moments 2026-11-23 14:05:09 in London. A text that a
    spreadsheet would change has an apostrophe before it, as one that it would run does.
    """
    return _WRITER.writerow([_csv_cell(kind, value) for kind, value in zip(kinds, values, strict=True)])


def in_pieces(lines: Iterable[str], size: int = 32_000) -> Iterator[bytes]:
    """Yield a whole CSV file of `lines` in pieces of about `size` bytes, with the mark Excel wants first."""
    waiting, length = [BYTE_ORDER_MARK], 0
    for line in lines:
        waiting.append(line)
        length += len(line)
        if length > size:
            yield "".join(waiting).encode()
            waiting, length = [], 0
    yield "".join(waiting).encode()


def _csv_cell(kind: str, value: Any) -> str:
    """Return a value as the harmless text of a cell. Names, amounts and days come again and again: many are kept."""
    if _is_kept(kind, value):
        return _kept_cell(kind, value)
    if isinstance(value, dt.datetime):
        return str(_csv_value(kind, value))
    return harmless(_csv_value(kind, value))


def _is_kept(kind: str, value: Any) -> bool:
    # A moment depends on the time zone as well; the ISO text of one is a moment.
    made_of = value.__class__
    if made_of is str:
        return kind == TEXT and len(value) <= LONGEST_KEPT
    return made_of is int or made_of is dt.date


@lru_cache(maxsize=KEPT_CELLS)
def _kept_cell(kind: str, value: Any) -> str:
    return harmless(_csv_value(kind, value))


def _csv_value(kind: str, value: Any) -> Any:
    value = read(kind, value)
    if kind == MONEY and isinstance(value, int):
        return plain_pounds(value)
    if isinstance(value, dt.datetime):
        value = _in_london(value)
        return value.date().isoformat() if kind == DATE else value.isoformat(" ", "seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.1f}"
    return f"'{value}" if kind == TEXT and _CHANGED.fullmatch(str(value).strip()) else value


def _in_london(moment: dt.datetime) -> dt.datetime:
    """Return `moment` as a spreadsheet knows it: without a time zone, as clocks in London show it."""
    return timezone.make_naive(moment) if timezone.is_aware(moment) else moment


def read(kind: str, value: Any) -> Any:
    """Return a DATE or MOMENT kept as ISO text as a date or datetime again; every other value as it is."""
    if not isinstance(value, str):
        return value
    if kind == DATE:
        return parse_date(value) or value
    if kind == MOMENT:
        return parse_datetime(value) or value
    return value


class Workbook:
    """An XLSX file written row by row to a binary file; memory stays flat however many rows there are.

    `sheet` begins a table, `row` and `totals` add to it. A table too long for one sheet goes on on the next.
    """

    def __init__(self, out: IO[bytes]) -> None:
        self._book = xlsxwriter.Workbook(
            out,
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        formats = _NUMBER_FORMATS | _DATE_FORMATS
        self._styles = {
            kind: self._book.add_format({"num_format": number, "valign": "top"}) for kind, number in formats.items()
        }
        self._text = self._book.add_format({"num_format": "@", "valign": "top"})
        self._long_text = self._book.add_format({"text_wrap": True, "valign": "top"})
        self._bold = self._book.add_format({"bold": True})
        self._heading = self._book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self._total_styles = {
            kind: self._book.add_format({"bold": True, "top": 1, "num_format": number})
            for kind, number in _NUMBER_FORMATS.items()
        }
        self._names: set[str] = set()
        self._sheet: Any = None

    def sheet(self, title: str, columns: Columns) -> None:
        """Begin a table of `columns`, (label, kind) each, on a sheet named after `title`."""
        self._finish_sheet()
        self._title, self._columns = title, columns
        self._sheet, self._line = self._book.add_worksheet(self._sheet_name(title)), 1
        self._last_row = 0
        self._sheet.freeze_panes(1, 0)
        self._sheet.repeat_rows(0)
        self._sheet.set_paper(A4)
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_footer("&L&A&R&P / &N")
        self._widths = [max(MIN_WIDTH, min(len(str(label)) + 3, MAX_WIDTH // 2)) for label, _kind in columns]
        for index, (label, _kind) in enumerate(columns):
            self._sheet.write_string(0, index, str(label), self._heading)

    def row(self, values: Iterable[Any]) -> None:
        """Add one row, a value for each column; None and "" leave the cell empty."""
        if self._line > MAX_ON_A_SHEET:
            self.sheet(self._title, self._columns)
        for index, (value, (_label, kind)) in enumerate(zip(values, self._columns, strict=True)):
            self._write(index, kind, value)
        self._last_row = self._line
        self._line += 1

    def totals(self, values: Iterable[Any]) -> None:
        """Add the line of totals: "Total" in the first column, then each number that is not None."""
        self._sheet.write_string(self._line, 0, _("Total"), self._bold)
        for index, (value, (_label, kind)) in enumerate(zip(values, self._columns, strict=True)):
            if value is not None and index:
                self._sheet.write_number(self._line, index, _number(kind, value), self._total_styles.get(kind))

    def _finish_sheet(self) -> None:
        """Give the sheet its filters and the widths of its columns: both are known once its rows are."""
        if self._sheet is None:
            return
        # The line of totals stays out of what can be filtered and sorted.
        self._sheet.autofilter(0, 0, self._last_row, len(self._columns) - 1)
        for index, width in enumerate(self._widths):
            self._sheet.set_column(index, index, width)
        self._sheet = None

    def facts(self, title: str, facts: Iterable[tuple[str, str]]) -> None:
        """Add a sheet that says in two columns what the others are."""
        self._finish_sheet()
        sheet = self._book.add_worksheet(self._sheet_name(title))
        sheet.set_column(0, 0, 20)
        sheet.set_column(1, 1, 100)
        for line, (label, value) in enumerate(facts):
            sheet.write_string(line, 0, label, self._bold)
            sheet.write_string(line, 1, value)

    def close(self) -> None:
        """Write what is left. The file given to it stays open."""
        self._finish_sheet()
        self._book.close()

    def _write(self, index: int, kind: str, value: Any) -> None:
        if value is None or value == "":
            return
        value = read(kind, value)
        if kind in _DATE_FORMATS and isinstance(value, dt.date):
            if isinstance(value, dt.datetime):
                value = _in_london(value)
                value = value.date() if kind == DATE else value
            self._sheet.write_datetime(self._line, index, value, self._styles[kind])
            width = _WIDTHS[kind]
        elif isinstance(value, (int, float, Decimal)):
            # A number of hours may have a part after the point.
            whole = kind != NUMBER or value == int(value)
            self._sheet.write_number(self._line, index, _number(kind, value), self._styles.get(kind) if whole else None)
            width = len(f"{value:,}") + 3
        else:
            text = str(value)
            fits = len(text) <= MAX_WIDTH
            self._sheet.write_string(self._line, index, text, self._text if fits else self._long_text)
            width = len(text) + 1
        self._widths[index] = min(max(self._widths[index], width), MAX_WIDTH)

    def _sheet_name(self, title: str) -> str:
        """At most 31 letters, none of those Excel forbids, and no two alike."""
        plain = re.sub(r"[\[\]:*?/\\']", " ", title).strip()
        name, number = plain[:31].strip(), 1
        while name.lower() in self._names:
            number += 1
            name = f"{plain[: 30 - len(str(number))].strip()} {number}"
        self._names.add(name.lower())
        return name


def _number(kind: str, value: int | float | Decimal) -> float:
    return float(Decimal(value) / 100 if kind == MONEY else value)
