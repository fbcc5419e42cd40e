"""A kept report as CSV, as a spreadsheet and as a PDF. Nothing is worked out here: see `reports.stored_rows`."""

import csv
import io
import re
from decimal import Decimal

import xlsxwriter
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from payments.reports import report
from wellbeing.lib import pdf
from wellbeing.lib.money import plain_pounds
from wellbeing.lib.tables import harmless

STYLE = "payments/documents/style.css"
# Paper is for reading: the spreadsheets hold the rest.
MAX_ON_PAPER = 1000
# A sheet of a spreadsheet holds 1,048,576 rows.
MAX_ON_A_SHEET = 1_000_000
FORMATS = {report.MONEY: "#,##0.00", report.DECIMAL: "#,##0.0", report.PERCENT: "0.0", report.NUMBER: "#,##0"}
DATE_FORMATS = {report.DATE: "d mmmm yyyy", report.MOMENT: "d mmmm yyyy hh:mm:ss"}
WIDTHS = {report.TEXT: 28, report.DATE: 18, report.MOMENT: 26}


def write_csv(kept, out, step):
    """Write every row of a Kept to `out` (a binary file): one table after the other, with their names if several.

    Amounts are pounds with two places, dates and times ISO. `step()` is called for each row.
    """
    # Excel takes a file for UTF-8 only when it starts with this mark.
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=False)
    writer = csv.writer(text)
    sections = kept.sections
    for number, section in enumerate(sections):
        if number:
            writer.writerow([])
        if len(sections) > 1:
            writer.writerow([harmless(section.title)])
        kinds = [kind for _label, kind in section.columns]
        writer.writerow([harmless(label) for label, _kind in section.columns])
        for row in section.rows():
            writer.writerow([_csv_value(kind, value) for kind, value in zip(kinds, row, strict=True)])
            step()
        if section.totals:
            writer.writerow(
                [
                    _("Total"),
                    *(_csv_value(kind, value) for kind, value in zip(kinds[1:], section.totals[1:], strict=True)),
                ]
            )
    text.flush()
    text.detach()


def _csv_value(kind, value):
    if isinstance(value, int) and kind == report.MONEY:
        return plain_pounds(value)
    if isinstance(value, float):
        return f"{value:.1f}"
    return harmless(value)


def write_xlsx(kept, out, step):
    """Write every row of a Kept to `out` (a binary file): a sheet for each table, and one that says what they are.

    Memory stays flat however many rows there are; a table too long for one sheet goes on on the next.
    """
    book = xlsxwriter.Workbook(
        out,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    styles = {kind: book.add_format({"num_format": number}) for kind, number in (FORMATS | DATE_FORMATS).items()}
    bold = book.add_format({"bold": True})
    totals = {kind: book.add_format({"bold": True, "top": 1, "num_format": FORMATS.get(kind, "@")}) for kind in FORMATS}
    names = set()
    for section in kept.sections:
        sheet, line = None, 0
        for row in section.rows():
            if sheet is None or line > MAX_ON_A_SHEET:
                sheet, line = _new_sheet(book, section, bold, names), 1
            _write_row(sheet, line, section.columns, row, styles)
            line += 1
            step()
        if sheet is None:
            sheet, line = _new_sheet(book, section, bold, names), 1
        if section.totals:
            sheet.write_string(line, 0, _("Total"), bold)
            for place, (value, (_label, kind)) in enumerate(zip(section.totals, section.columns, strict=True)):
                if value is not None and place:
                    _write_number(sheet, line, place, kind, value, totals[kind])
    _about(book, kept, bold, names)
    book.close()


def _new_sheet(book, section, bold, names):
    sheet = book.add_worksheet(_sheet_name(section.title, names))
    sheet.freeze_panes(1, 0)
    for place, (label, kind) in enumerate(section.columns):
        sheet.set_column(place, place, max(WIDTHS.get(kind, 14), min(len(label), 40)))
        sheet.write_string(0, place, label, bold)
    return sheet


def _sheet_name(title, names):
    """At most 31 letters, none of those Excel forbids, and no two alike."""
    plain = re.sub(r"[\[\]:*?/\\']", " ", title).strip()
    name, number = plain[:31].strip(), 1
    while name.lower() in names:
        number += 1
        name = f"{plain[: 30 - len(str(number))].strip()} {number}"
    names.add(name.lower())
    return name


def _write_row(sheet, line, columns, row, styles):
    for place, (value, (_label, kind)) in enumerate(zip(row, columns, strict=True)):
        if value is None or value == "":
            continue
        if isinstance(value, str) and kind in DATE_FORMATS:
            moment = report.read(kind, value)
            if kind == report.MOMENT:
                # A spreadsheet knows no time zones: it shows the time in London.
                moment = timezone.make_naive(moment)
            sheet.write_datetime(line, place, moment, styles[kind])
        elif isinstance(value, str):
            sheet.write_string(line, place, value)
        else:
            _write_number(sheet, line, place, kind, value, styles.get(kind))


def _write_number(sheet, line, place, kind, value, style):
    number = Decimal(value) / 100 if kind == report.MONEY else value
    sheet.write_number(line, place, float(number), style)


def _about(book, kept, bold, names):
    sheet = book.add_worksheet(_sheet_name(_("About this report"), names))
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 100)
    facts = [
        (_("Report"), kept.title),
        (_("Programme"), kept.programme),
        (_("Period"), kept.period),
        (_("Made"), kept.made),
        *((_("Note"), note) for note in kept.notes),
    ]
    for line, (label, value) in enumerate(facts):
        sheet.write_string(line, 0, label, bold)
        sheet.write_string(line, 1, value)


def pdf_bytes(kept):
    """A Kept as the bytes of a tagged PDF. A long table is cut off on paper, with a note that says so."""
    context = {
        "service_name": settings.SERVICE_NAME,
        "wide": True,
        "report": kept,
        "tables": tables(kept, MAX_ON_PAPER),
    }
    context["programme"] = {"name": kept.programme}
    html = render_to_string("payments/reports/paper.html", context)
    return pdf.render(html, css=render_to_string(STYLE))


def tables(kept, most, paper=True):
    """The tables of a Kept with their values in words, at most `most` rows of each, as a page or paper draws them.

    Each is a dict: title, note, columns [{label, numeric}], rows [{cells [{text, long}]}], totals, count (of all rows),
    shown (how many are in `rows`), elsewhere (whether all of it is left to the spreadsheets).
    """
    found = []
    for section in kept.sections:
        kinds = [kind for _label, kind in section.columns]
        elsewhere = paper and section.only_in_spreadsheets
        rows = [] if elsewhere else [_cells(kinds, row) for row in section.rows(most)]
        totals = None
        if section.totals:
            last = zip(kinds[1:], section.totals[1:], strict=True)
            totals = [_("Total"), *(report.words(kind, value) for kind, value in last)]
        found.append(
            {
                "title": section.title,
                "note": section.note,
                "columns": [{"label": label, "numeric": kind in report.NUMERIC} for label, kind in section.columns],
                "rows": rows,
                "totals": totals,
                "count": section.count,
                "shown": len(rows),
                "elsewhere": elsewhere,
            }
        )
    return found


def _cells(kinds, row):
    texts = [report.words(kind, value) for kind, value in zip(kinds, row, strict=True)]
    return {"cells": [{"text": text, "long": len(text) > 60} for text in texts]}
