"""The rows of an import that have a problem, as a file to put right in a spreadsheet and send again."""

from collections.abc import Iterator

from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _

from programmes.importing.models import ImportRow, PeopleImport, RowStatus
from wellbeing.lib.spreadsheets import NUMBER, TEXT
from wellbeing.lib.table_files import answer_csv, answer_xlsx, spreadsheet


def bad_rows(people_import: PeopleImport, kind: str) -> StreamingHttpResponse:
    """Send the rows with a problem as "csv" or "xlsx": the columns of the file, and what to put right."""
    name = f"{people_import.programme.slug}-rows-to-put-right"
    columns = [
        (_("Row in the file"), NUMBER),
        *((heading, TEXT) for heading in people_import.headings),
        (_("What to put right"), TEXT),
    ]
    rows = _rows(people_import)
    if kind == "xlsx":
        return answer_xlsx(name, spreadsheet(_("To put right"), columns, rows))
    return answer_csv(name, columns, rows)


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
