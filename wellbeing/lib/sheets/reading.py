"""Read a spreadsheet of any kind: tell it by its first bytes, and refuse what is sent by mistake."""

from .books import OLE, ZIP, read_book
from .table import RefusedError, Table
from .text import read_text

# First bytes of files that are sent by mistake: PDFs, pictures, pages saved from the web.
_OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf")


def read(content: bytes, most_rows: int, sheet: int | None, encoding: str, separator: str) -> Table:
    """Read a sheet of `content` as `read_book` and `read_text` do. Raises RefusedError for a file without rows, too."""
    head = content[:512].lstrip().lower()
    if content.startswith(ZIP):
        table = read_book(content, most_rows, sheet)
    elif content.startswith(OLE):
        raise RefusedError("old_or_locked")
    elif head.startswith((b"<html", b"<!doctype html", b"<?xml", b"<table")):
        raise RefusedError("web_page")
    elif content.startswith(_OTHERS):
        raise RefusedError("unknown")
    else:
        table = read_text(content, most_rows, encoding, separator)
    if not any(any(row) for row in table.rows):
        raise RefusedError("empty")
    return table
