"""A kept report as CSV, as a spreadsheet and as a PDF. Nothing is worked out here: see `reports.stored_rows`."""

from django.conf import settings
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from payments.reports import report
from wellbeing.lib import pdf, spreadsheets

STYLE = "payments/documents/style.css"
# Paper is for reading: the spreadsheets hold the rest.
MAX_ON_PAPER = 1000


def write_csv(kept, out, step):
    """Write every row of a Kept to `out` (a binary file): one table after the other, with their names if several.

    `step()` is called for each row.
    """
    for piece in spreadsheets.in_pieces(_csv_lines(kept, step)):
        out.write(piece)


def _csv_lines(kept, step):
    sections = kept.sections
    for number, section in enumerate(sections):
        if number:
            yield spreadsheets.csv_line([])
        if len(sections) > 1:
            yield spreadsheets.csv_line([section.title])
        kinds = [kind for _label, kind in section.columns]
        yield spreadsheets.csv_line(label for label, _kind in section.columns)
        for row in section.rows():
            yield spreadsheets.csv_row(kinds, row)
            step()
        if section.totals:
            yield spreadsheets.csv_row([report.TEXT, *kinds[1:]], [_("Total"), *section.totals[1:]])


def write_xlsx(kept, out, step):
    """Write every row of a Kept to `out` (a binary file): a sheet for each table, and one that says what they are.

    `step()` is called for each row.
    """
    book = spreadsheets.Workbook(out)
    for section in kept.sections:
        book.sheet(section.title, section.columns)
        for row in section.rows():
            book.row(row)
            step()
        if section.totals:
            book.totals(section.totals)
    book.facts(
        _("About this report"),
        [
            (_("Report"), kept.title),
            (_("Programme"), kept.programme),
            (_("Period"), kept.period),
            (_("Made"), kept.made),
            *((_("Note"), note) for note in kept.notes),
        ],
    )
    book.close()


def pdf_bytes(kept):
    """Draw a Kept as a tagged PDF. A long table is cut off on paper, with a note that says so."""
    context = {
        "service_name": settings.SERVICE_NAME,
        "wide": True,
        "report": kept,
        "tables": tables(kept, MAX_ON_PAPER),
    }
    context["programme"] = {"name": kept.programme}
    html = render_to_string("payments/reports/paper.html", context)
    return pdf.render(html, css=render_to_string(STYLE))


def tables(kept, most, paper=True, page=1):
    """Describe the tables of a Kept with their values in words, at most `most` rows of each, for a page or paper.

    Each is a dict: title, note, columns [{label, numeric}], rows [{cells [{text, long}]}], totals, count (of all rows),
    shown (how many are in `rows`), page (the Paginator's: the one asked for or the nearest), elsewhere (whether
    all of it is left to the spreadsheets).
    """
    found = []
    for section in kept.sections:
        kinds = [kind for _label, kind in section.columns]
        elsewhere = paper and section.only_in_spreadsheets
        here = Paginator(range(section.count), most).get_page(page)
        after = max(here.start_index() - 1, 0)
        rows = [] if elsewhere else [_cells(kinds, row) for row in section.rows(most, after)]
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
                "page": here,
                "elsewhere": elsewhere,
            }
        )
    return found


def _cells(kinds, row):
    texts = [report.words(kind, value) for kind, value in zip(kinds, row, strict=True)]
    return {"cells": [{"text": text, "long": len(text) > 60} for text in texts]}
