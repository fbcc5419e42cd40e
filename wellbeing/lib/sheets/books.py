"""Read XLSX and ODS with calamine: values alone, never formulas, macros or links."""

import datetime as dt
import io
import zipfile
from typing import Any

from .table import ODS, XLSX, RefusedError, Table, even

ZIP = b"PK\x03\x04"
# Old Excel, and any Excel file with a password.
OLE = b"\xd0\xcf\x11\xe0"
# Limit of all parts of a file together, as its list of parts says; the memory of the process is the limit that holds.
MAX_OPENED = 200 * 1024 * 1024
MAX_PARTS = 2_000


def kind_of_book(content: bytes) -> str:
    """Return XLSX or ODS by what the file holds, whatever its name says.

    Raises RefusedError for a ZIP that is neither, is damaged, or opens to too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            infos = parts.infolist()
            names = {info.filename for info in infos}
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
        raise RefusedError("damaged") from None
    if len(infos) > MAX_PARTS or sum(info.file_size for info in infos) > MAX_OPENED:
        raise RefusedError("too_much")
    if "xl/workbook.xml" in names:
        return XLSX
    if "content.xml" in names and "META-INF/manifest.xml" in names:
        return ODS
    raise RefusedError("unknown")


def read_book(content: bytes, most_rows: int, sheet: int | None = None) -> Table:
    """Read the sheet with this number among those that are not hidden; by default that with most in it.

    Raises RefusedError for a file without sheets, with a password, or that cannot be read.
    """
    kind = kind_of_book(content)
    import python_calamine

    try:
        book = python_calamine.load_workbook(io.BytesIO(content))
        shown = [
            one.name
            for one in book.sheets_metadata
            if one.visible == python_calamine.SheetVisibleEnum.Visible
            and one.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
        if not shown:
            raise RefusedError("no_sheet")
        if sheet is None or not 0 <= sheet < len(shown):
            sheet = max(range(len(shown)), key=lambda number: _filled(book.get_sheet_by_name(shown[number])))
        found = book.get_sheet_by_name(shown[sheet]).to_python(skip_empty_area=False)
    except python_calamine.PasswordError:
        raise RefusedError("locked") from None
    except (python_calamine.CalamineError, OSError, ValueError):
        raise RefusedError("damaged") from None
    rows = [[cell_text(value) for value in row] for row in found]
    return Table(kind, even(rows, most_rows), sheets=[_without_nul(name) for name in shown], sheet=sheet)


def _filled(sheet: Any) -> int:
    """Return about how much a sheet holds; one column is no list."""
    return int(sheet.height * min(sheet.width - 1, 10))


def _without_nul(text: str) -> str:
    """Return a text without NUL, which a file can spell (_x0000_) and no database keeps."""
    return text.replace("\0", "")


def cell_text(value: Any) -> str:
    """Return the value of a cell as somebody would type it: whole numbers without a point, days as 2026-05-01."""
    if isinstance(value, str):
        return _without_nul(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")
    return "" if value is None else str(value)
