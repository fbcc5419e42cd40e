"""The rows of an import that have a problem, as a file to put right in a spreadsheet and send again."""

from collections.abc import Iterator
from tempfile import SpooledTemporaryFile

from django.http import FileResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from programmes.importing.models import ImportRow, PeopleImport, RowStatus
from wellbeing.lib import spreadsheets
from wellbeing.lib.spreadsheets import NUMBER, TEXT


def bad_rows(people_import: PeopleImport, kind: str) -> FileResponse | StreamingHttpResponse:
    """Send the rows with a problem as "csv" or "xlsx": the columns of the file, and what to put right."""
    name = f"{people_import.programme.slug}-rows-to-put-right"
    columns = [
        (_("Row in the file"), NUMBER),
        *((heading, TEXT) for heading in people_import.headings),
        (_("What to put right"), TEXT),
    ]
    if kind == "xlsx":
        file = SpooledTemporaryFile(max_size=5_000_000)  # noqa: SIM115 - the response closes it
        book = spreadsheets.Workbook(file)
        book.sheet(_("To put right"), columns)
        for values in _rows(people_import):
            book.row(values)
        book.close()
        file.seek(0)
        return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=spreadsheets.XLSX_TYPE)
    lines = _csv_lines(people_import, columns)
    return StreamingHttpResponse(
        spreadsheets.in_pieces(lines),
        content_type=spreadsheets.CSV_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def _csv_lines(people_import: PeopleImport, columns: list[tuple[str, str]]) -> Iterator[str]:
    yield spreadsheets.csv_line(label for label, _kind in columns)
    kinds = [kind for _label, kind in columns]
    for values in _rows(people_import):
        yield spreadsheets.csv_row(kinds, values)


def _rows(people_import: PeopleImport) -> Iterator[list[object]]:
    wrong = [RowStatus.PROBLEM, RowStatus.LEFT_OUT]
    rows = people_import.rows.filter(status__in=wrong).exclude(problems=[]).order_by("number", "part")
    for row in rows.iterator(chunk_size=500):
        yield [row.number, *row.cells, problems_in_words(people_import, row)]


def problems_in_words(people_import: PeopleImport, row: ImportRow) -> str:
    """Return every problem of a row, each with the heading of its column."""
    return " ".join(
        problem["text"]
        if problem["column"] is None
        else f"{people_import.headings[problem['column']]}: {problem['text']}"
        for problem in row.problems
    )
