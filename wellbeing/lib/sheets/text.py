"""Read CSV as Excel, LibreOffice and databases of charities write it: whatever the letters and the separator."""

import codecs
import csv
import io
from collections import Counter

from .table import CSV, RefusedError, Table, even

SEPARATORS = ",;\t|"
# Lines from which the separator is told.
SAMPLE = 60
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Letters beyond ASCII that names and addresses here hold: a reading that gives more of these is the right one.
_LIKELY = frozenset("áàâäãåéèêëíìîïóòôöøúùûüçñßÁÉÍÓÖÚÜØÅÇÑÉ’‘“”–—£€…·")


def read_text(content: bytes, most_rows: int, encoding: str = "", separator: str = "") -> Table:
    """Read CSV. `encoding` and `separator` are told from the file where they are "".

    Raises RefusedError for a file that is no text.
    """
    encoding = encoding or encoding_of(content)
    text = _decoded(content, encoding)
    text, told = _without_excel_line(text)
    separator = separator or told or separator_of(text)
    csv.field_size_limit(10_000_000)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        raise RefusedError("damaged") from None
    if told:
        # Row 2 of the file is row 2 in what we say of it.
        rows.insert(0, [""])
    return Table(CSV, even(rows, most_rows), encoding=encoding.removesuffix("-sig"), separator=separator)


def encoding_of(content: bytes) -> str:
    """Return the encoding of a text: by its mark, UTF-8 where it is valid, else that of Windows or of old Macs."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name
    if content[:200].count(0) > len(content[:200]) // 4:
        return "utf-16-le" if content[1:2] == b"\0" else "utf-16-be"
    if b"\0" in content:
        raise RefusedError("unknown")
    try:
        content.decode()
    except UnicodeDecodeError:
        return max(("cp1252", "mac_roman"), key=lambda name: _likely_letters(content, name))
    return "utf-8"


def _likely_letters(content: bytes, encoding: str) -> int:
    return sum(letter in _LIKELY for letter in content.decode(encoding, "replace") if letter > "\x7f")


def _decoded(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding, "replace")
    except LookupError:
        raise RefusedError("unknown") from None
    if "\0" in text:
        raise RefusedError("unknown")
    return text.removeprefix("\ufeff")


def _without_excel_line(text: str) -> tuple[str, str]:
    """Return the text without a first line "sep=;", by which Excel names the separator, and what it names."""
    head, _end, rest = text.partition("\n")
    head = head.strip().strip('"')
    if len(head) == len("sep=;") and head.lower().startswith("sep=") and head[-1] in SEPARATORS:
        return rest, head[-1]
    return text, ""


def separator_of(text: str) -> str:
    """Return the separator that splits most of the first lines into the same number of cells."""
    sample = "\n".join(text.splitlines()[:SAMPLE])
    best, best_score = ",", 0.0
    for separator in SEPARATORS:
        widths = [len(row) for row in csv.reader(io.StringIO(sample), delimiter=separator) if any(row)]
        (width, times) = Counter(widths).most_common(1)[0] if widths else (1, 0)
        # A comma within addresses splits lines unevenly; the separator splits nearly all alike.
        score = times / len(widths) + width / 1000 if width > 1 else 0.0
        if score > best_score:
            best, best_score = separator, score
    return best
