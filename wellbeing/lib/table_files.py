"""Answer a request with a table as a file: CSV in pieces, or a spreadsheet (XLSX, ODS)."""

from collections.abc import Callable, Iterable, Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.http import FileResponse, StreamingHttpResponse

from . import spreadsheets
from .open_document import ODS_TYPE, OpenDocument
from .spreadsheets import Columns, Workbook

# Bytes from which a spreadsheet is kept on the disk while it is written.
IN_MEMORY = 5_000_000


def csv_lines(columns: Columns, rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """Yield the lines of a CSV file: the labels of `columns`, (label, kind) each, and a line for each row."""
    kinds = [kind for _label, kind in columns]
    yield spreadsheets.csv_line(label for label, _kind in columns)
    for row in rows:
        yield spreadsheets.csv_row(kinds, row)


def written(write: Callable[[Workbook], None]) -> IO[bytes]:
    """Return the spreadsheet that `write` fills, open to be read."""
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    book = Workbook(file)
    write(book)
    book.close()
    file.seek(0)
    return file


def spreadsheet(title: str, columns: Columns, rows: Iterable[Iterable[Any]]) -> IO[bytes]:
    """Return a spreadsheet of one sheet called `title`, open to be read; memory stays flat."""

    def write(book: Workbook) -> None:
        book.sheet(title, columns)
        for row in rows:
            book.row(row)

    return written(write)


def open_document(title: str, columns: Columns, rows: Iterable[Iterable[Any]]) -> IO[bytes]:
    """Return an OpenDocument spreadsheet of one sheet called `title`, open to be read; memory stays flat."""
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    book = OpenDocument(file)
    book.sheet(title, columns)
    for row in rows:
        book.row(row)
    book.close()
    file.seek(0)
    return file


def answer_csv(name: str, columns: Columns, rows: Iterable[Iterable[Any]]) -> StreamingHttpResponse:
    """Send a table as the file `name`.csv, in pieces."""
    return StreamingHttpResponse(
        spreadsheets.in_pieces(csv_lines(columns, rows)),
        content_type=spreadsheets.CSV_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def answer_xlsx(name: str, book: IO[bytes]) -> FileResponse:
    """Send a spreadsheet, open to be read, as the file `name`.xlsx. The response closes it."""
    return FileResponse(book, as_attachment=True, filename=f"{name}.xlsx", content_type=spreadsheets.XLSX_TYPE)


def answer_ods(name: str, book: IO[bytes]) -> FileResponse:
    """Send an OpenDocument spreadsheet, open to be read, as the file `name`.ods. The response closes it."""
    return FileResponse(book, as_attachment=True, filename=f"{name}.ods", content_type=ODS_TYPE)
