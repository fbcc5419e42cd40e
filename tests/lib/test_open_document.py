"""OpenDocument spreadsheets: every kind of value, texts that would run elsewhere, several sheets, flat memory."""

import datetime as dt
import io
import tracemalloc
from zipfile import ZIP_STORED, ZipFile

from python_calamine import CalamineWorkbook

from wellbeing.lib import open_document
from wellbeing.lib.open_document import ODS_TYPE, OpenDocument
from wellbeing.lib.spreadsheets import DATE, DECIMAL, MONEY, NUMBER, TEXT

COLUMNS = [("Name", TEXT), ("Day", DATE), ("Amount", MONEY), ("People", NUMBER), ("Miles", DECIMAL)]


def written(*rows, columns=COLUMNS, title="People"):
    out = io.BytesIO()
    book = OpenDocument(out)
    book.sheet(title, columns)
    for row in rows:
        book.row(row)
    book.close()
    out.seek(0)
    return out


def test_each_value_is_what_it_is_when_it_is_read_back():
    odd = "=1+1 & <b>  two   spaces\tand\nanother \x00line"
    out = written([odd, dt.date(2026, 11, 23), 123456, 12, 7.5], ["@you", None, None, "none", ""])
    sheet = CalamineWorkbook.from_filelike(out).get_sheet_by_name("People").to_python()
    assert sheet[0] == ["Name", "Day", "Amount", "People", "Miles"]
    assert sheet[1][0].startswith("=1+1 & <b>  two   spaces")
    assert sheet[1][1:] == [dt.date(2026, 11, 23), 1234.56, 12, 7.5]
    assert sheet[2] == ["@you", "", "", "none", ""]


def test_no_cell_is_a_formula_and_programs_can_tell_the_kind_of_file():
    out = written(*([f"{sign}cmd|'/c calc'!A1", None, None, None, None] for sign in "=+-@"))
    with ZipFile(out) as book:
        first = book.infolist()[0]
        content = book.read("content.xml").decode()
        assert (first.filename, first.compress_type, book.read(first).decode()) == ("mimetype", ZIP_STORED, ODS_TYPE)
    assert "formula" not in content
    assert content.count('office:value-type="string"') == len(COLUMNS) + 4


def test_a_long_table_goes_on_on_the_next_sheet(monkeypatch):
    monkeypatch.setattr(open_document, "MAX_ON_A_SHEET", 2)
    book = CalamineWorkbook.from_filelike(written(["a"], ["b"], ["c"], columns=[("Name", TEXT)], title="A/B: people"))
    assert book.sheet_names == ["A B  people", "A B  people 2"]
    assert book.get_sheet_by_index(1).to_python() == [["Name"], ["c"]]


class _Nowhere(io.RawIOBase):
    """Takes bytes and keeps none."""

    def writable(self):
        return True

    def write(self, data):
        return len(data)


def test_memory_stays_flat_however_many_rows_there_are():
    book = OpenDocument(_Nowhere())
    book.sheet("Many", COLUMNS)
    tracemalloc.start()
    for number in range(20_000):
        book.row([f"Somebody with the number {number}", dt.date(2026, 11, 23), number, number, 1.5])
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    book.close()
    assert peak < 2_000_000
