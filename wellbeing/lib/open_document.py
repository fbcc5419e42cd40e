"""Write tables as OpenDocument spreadsheets (ODS), row by row: memory stays flat however many rows there are.

A text is a cell of text, whatever it starts with, as in the XLSX files of `wellbeing.lib.spreadsheets`: nothing in the
file is a formula.
"""

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import IO, Any
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.utils import timezone

from .dates import long_date
from .spreadsheets import DATE, DECIMAL, MAX_ON_A_SHEET, MOMENT, MONEY, NUMBER, PERCENT, Columns, read

ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("number", "datastyle"),
        ("fo", "xsl-fo-compatible"),
    )
)


def _number_style(kind: str, places: int, grouped: str) -> str:
    return (
        f'<number:number-style style:name="n-{kind}"><number:number number:min-integer-digits="1"'
        f' number:decimal-places="{places}" number:min-decimal-places="{places}" number:grouping="{grouped}"/>'
        f'</number:number-style><style:style style:name="{kind}" style:family="table-cell"'
        f' style:data-style-name="n-{kind}"/>'
    )


_DAY = (
    '<number:day/><number:text> </number:text><number:month number:style="long" number:textual="true"/>'
    '<number:text> </number:text><number:year number:style="long"/>'
)
_TIME = (
    '<number:text> </number:text><number:hours number:style="long"/><number:text>:</number:text>'
    '<number:minutes number:style="long"/><number:text>:</number:text><number:seconds number:style="long"/>'
)
_STYLES = (
    "<office:automatic-styles>"
    '<style:style style:name="column" style:family="table-column">'
    '<style:table-column-properties style:column-width="5cm"/></style:style>'
    '<style:style style:name="heading" style:family="table-cell">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    + _number_style(MONEY, 2, "true")
    + _number_style(DECIMAL, 1, "true")
    + _number_style(PERCENT, 1, "false")
    + _number_style(NUMBER, 0, "true")
    + "".join(
        f'<number:date-style style:name="n-{kind}">{parts}</number:date-style><style:style style:name="{kind}"'
        f' style:family="table-cell" style:data-style-name="n-{kind}"/>'
        for kind, parts in ((DATE, _DAY), (MOMENT, _DAY + _TIME))
    )
    + "</office:automatic-styles>"
)
# Signs that no XML file may have.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"^ | $| {2,}")


class OpenDocument:
    """An ODS file written row by row to a binary file.

    `sheet` begins a table and `row` adds to it. A table too long for one sheet goes on on the next.
    """

    def __init__(self, out: IO[bytes]) -> None:
        self._zip = ZipFile(out, "w", ZIP_DEFLATED)
        # Programs tell the kind of file by this entry, which comes first and is not compressed.
        self._zip.writestr(ZipInfo("mimetype"), ODS_TYPE, ZIP_STORED)
        self._zip.writestr("META-INF/manifest.xml", _MANIFEST)
        content = ZipInfo("content.xml")
        content.compress_type = ZIP_DEFLATED
        self._content = self._zip.open(content, "w", force_zip64=True)
        self._names: set[str] = set()
        self._is_open = False
        self._write(
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMES} office:version="1.3">'
            f"{_STYLES}<office:body><office:spreadsheet>"
        )

    def sheet(self, title: str, columns: Columns) -> None:
        """Begin a table of `columns`, (label, kind) each, on a sheet named after `title`."""
        self._end_sheet()
        self._title, self._columns, self._line, self._is_open = title, columns, 1, True
        labels = "".join(_text(str(label), "heading") for label, _kind in columns)
        self._write(
            f"<table:table table:name={quoteattr(self._sheet_name(title))}>"
            f'<table:table-column table:style-name="column" table:number-columns-repeated="{len(columns)}"/>'
            f"<table:table-header-rows><table:table-row>{labels}</table:table-row></table:table-header-rows>"
        )

    def row(self, values: Iterable[Any]) -> None:
        """Add one row, a value for each column; None and "" leave the cell empty."""
        if self._line > MAX_ON_A_SHEET:
            self.sheet(self._title, self._columns)
        cells = (_cell(kind, value) for value, (_label, kind) in zip(values, self._columns, strict=True))
        self._write(f"<table:table-row>{''.join(cells)}</table:table-row>")
        self._line += 1

    def close(self) -> None:
        """Write what is left. The file given to it stays open."""
        self._end_sheet()
        self._write("</office:spreadsheet></office:body></office:document-content>")
        self._content.close()
        self._zip.close()

    def _end_sheet(self) -> None:
        if self._is_open:
            self._write("</table:table>")
        self._is_open = False

    def _write(self, text: str) -> None:
        self._content.write(text.encode())

    def _sheet_name(self, title: str) -> str:
        """Return a name of at most 31 letters without those that programs forbid, and no two alike."""
        plain = _FORBIDDEN.sub("", re.sub(r"[\[\]:*?/\\'#]", " ", title)).strip() or "1"
        name, number = plain[:31].strip(), 1
        while name.lower() in self._names:
            number += 1
            name = f"{plain[: 30 - len(str(number))].strip()} {number}"
        self._names.add(name.lower())
        return name


def _cell(kind: str, value: Any) -> str:
    value = read(kind, value)
    if value is None or value == "":
        return "<table:table-cell/>"
    if kind in {DATE, MOMENT} and isinstance(value, dt.date):
        return _day(kind, value)
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        number = Decimal(value) / 100 if kind == MONEY else value
        # A number of hours may have a part after the point.
        whole = kind != NUMBER or number == int(number)
        style = f' table:style-name="{kind}"' if whole and kind in {MONEY, DECIMAL, PERCENT, NUMBER} else ""
        return (
            f'<table:table-cell office:value-type="float" office:value="{number}"{style}>'
            f"<text:p>{number}</text:p></table:table-cell>"
        )
    return _text(str(value))


def _day(kind: str, value: dt.date) -> str:
    shown = long_date(value)
    if isinstance(value, dt.datetime):
        value = timezone.make_naive(value) if timezone.is_aware(value) else value
        shown = value.isoformat(" ", "seconds")
        value = value.replace(microsecond=0)
        if kind == DATE:
            value = value.date()
            shown = long_date(value)
    return (
        f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"'
        f' table:style-name="{kind}"><text:p>{escape(shown)}</text:p></table:table-cell>'
    )


def _text(text: str, style: str = "") -> str:
    named = f' table:style-name="{style}"' if style else ""
    lines = _FORBIDDEN.sub("", text).splitlines() or [""]
    paragraphs = "".join(f"<text:p>{_spaced(line)}</text:p>" for line in lines)
    return f'<table:table-cell office:value-type="string"{named}>{paragraphs}</table:table-cell>'


def _spaced(line: str) -> str:
    """Return a line in which spaces and tabs are kept: an XML reader makes one space of several."""
    kept = _SPACES.sub(lambda found: f'<text:s text:c="{len(found[0])}"/>', escape(line))
    return kept.replace("\t", "<text:tab/>")
