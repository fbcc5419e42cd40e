"""The results of a round as CSV and as a spreadsheet: what the page shows, and nothing else."""

from collections.abc import Iterator
from typing import IO, Any

from django.utils.translation import gettext as _

from programmes.reviews.models import Section, Side
from programmes.reviews.results import Cell, Results
from wellbeing.lib import spreadsheets
from wellbeing.lib.table_files import written


def columns(results: Results) -> list[tuple[str, str]]:
    """Return the columns of the table of results, (label, kind) each."""
    made = [(_("Section"), spreadsheets.TEXT), (_("Statement"), spreadsheets.TEXT)]
    for side in results.shown_sides:
        made += [
            (_("%(group)s: mean") % {"group": side.label}, spreadsheets.DECIMAL),
            (_("%(group)s: middle half") % {"group": side.label}, spreadsheets.TEXT),
            (_("%(group)s: answers") % {"group": side.label}, spreadsheets.NUMBER),
        ]
    if len(results.shown_sides) > 1:
        made.append((_("Gap"), spreadsheets.DECIMAL))
    return made


def rows(results: Results) -> Iterator[list[Any]]:
    """Return the rows of the table of results, the largest gap first."""
    for line in results.by_gap:
        row: list[Any] = [str(Section(line.statement.section).label), line.statement.words]
        for side in results.shown_sides:
            cell = line.cells[side]
            row += [_("Too few") if cell.mean is None else cell.mean, cell.middle, _answers(results, cell)]
        if len(results.shown_sides) > 1:
            row.append(line.gap)
        yield row


def _answers(results: Results, cell: Cell) -> Any:
    if cell.mean is None:
        return None
    return cell.number if cell.number is not None else _("%(few)s or more") % {"few": results.review.fewest}


def spreadsheet(results: Results) -> IO[bytes]:
    """Return the spreadsheet, open to be read: the results, the trend and what they are."""
    return written(lambda book: _fill(book, results))


def _fill(book: spreadsheets.Workbook, results: Results) -> None:
    book.sheet(_("Results"), columns(results))
    for row in rows(results):
        book.row(row)
    book.sheet(
        _("Over time"),
        [(_("Review"), spreadsheets.TEXT), *((str(side.label), spreadsheets.DECIMAL) for side in Side)],
    )
    for means in results.trend:
        book.row([means.label, *(means.by_side[side] for side in Side)])
    review = results.review
    book.facts(
        _("About these results"),
        [
            (_("Review"), review.title),
            (_("Programme"), review.programme.name),
            (_("Shown"), _("Groups of which %(few)s people or more answered.") % {"few": review.fewest}),
        ],
    )
