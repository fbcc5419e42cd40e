"""Spreadsheets as charities send them, and files made to break whoever opens them."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest

from tests.helpers.importing import FILES
from wellbeing.lib.sheet_files import read_sheet, refusal_sentence
from wellbeing.lib.sheets import books, reading, text
from wellbeing.lib.sheets.table import RefusedError
from wellbeing.lib.uploads import UploadRefusedError


def read(content, **options):
    return read_sheet(content, most_rows=10_000, **options)


def zipped(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "encoding", "separator"),
    [
        ("semicolons-windows-1252.csv", "cp1252", ";"),
        ("byte-order-mark-and-title-rows.csv", "utf-8", ","),
        ("old-mac-tabs-no-headings.txt", "mac_roman", "\t"),
        ("every-problem.csv", "utf-8", ","),
    ],
)
def test_letters_and_separator_are_told_from_the_file(name, encoding, separator):
    table = text.read_text((FILES / name).read_bytes(), 10_000)
    assert (table.encoding, table.separator) == (encoding, separator)
    assert "\ufffd" not in str(table.rows)


def test_a_process_of_its_own_reads_the_sheet_with_most_in_it_and_no_hidden_one():
    table = read((FILES / "numbers-and-dates.xlsx").read_bytes())
    assert (table.kind, table.sheets, table.sheet) == ("xlsx", ["Read me", "People 2026"], 1)
    assert table.rows[1] == ["Dev Imaginary", "7700900123", "2026-05-01", "yes", "", "Polish"]
    assert len(table.rows) == 5
    assert read((FILES / "numbers-and-dates.xlsx").read_bytes(), sheet=0).rows == [["This workbook is invented."]]


def test_an_ods_with_a_million_empty_rows_is_read():
    table = books.read_book((FILES / "two-in-a-cell.ods").read_bytes(), 10_000)
    assert (table.kind, len(table.rows)) == ("ods", 5)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig"])
def test_text_saved_as_unicode_is_read(encoding):
    rows = text.read_text("Name\tTown\r\nZoë Invented\tLeeds\r\n".encode(encoding), 10).rows
    assert rows == [["Name", "Town"], ["Zoë Invented", "Leeds"]]


def test_letters_are_read_as_staff_say_where_the_file_was_told_wrong():
    content = "Imię;Miasto\nŁucja Wymyślona;Łódź\n".encode("cp1250")
    assert text.read_text(content, 10, encoding="cp1250").rows[1] == ["Łucja Wymyślona", "Łódź"]


def test_rows_are_numbered_as_in_the_spreadsheet():
    rows = text.read_text(b"sep=;\nName;Town\n\nAna Example;Leeds\n", 10).rows
    assert rows[3] == ["Ana Example", "Leeds"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7 \x00", "not a spreadsheet we can read"),
        (b"\x89PNG\r\n\x1a\n", "not a spreadsheet we can read"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Excel file, or it has a password"),
        (b"<html><table><tr><td>Name</td></tr></table></html>", "a web page and not a spreadsheet"),
        (b"PK\x03\x04 and no more", "may be damaged"),
        (b"\n \n,,,\n", "nothing in this sheet"),
        (b"Name\nA\x00B and a \x01\n", "not a spreadsheet we can read"),
        (b'Name,Town\n"Ana,Leeds\n' + b"Ben,York\n" * 1000, "quotation mark that is not closed"),
        (b"Name\n" + b"Ana\n" * 10_100, "more than 10000 rows"),
        (b"x," * 300, "more than 200 columns"),
    ],
)
def test_what_is_no_list_of_people_is_refused_with_what_to_do(content, sentence):
    content = content + b"x" if content.startswith(b"x,") else content
    with pytest.raises(RefusedError) as refusal:
        reading.read(content, 10_000, None, "", "")
    assert sentence in refusal_sentence(refusal.value.code, **refusal.value.numbers)


def test_the_process_answers_with_the_sentence_of_a_refusal():
    with pytest.raises(UploadRefusedError, match="more than 10000 rows"):
        read(b"Name\n" + b"Ana\n" * 10_100)


@pytest.mark.parametrize("name", ["numbers-and-dates.xlsx", "two-in-a-cell.ods", "semicolons-windows-1252.csv"])
def test_a_file_of_each_kind_is_told_by_its_bytes(name):
    content = (FILES / name).read_bytes()
    table = reading.read(content, 10_000, None, "", "")
    assert name.endswith(table.kind)
    assert table == read(content)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (7700900123.0, "7700900123"),
        (1.5, "1.5"),
        (True, "yes"),
        (False, "no"),
        (None, ""),
        (dt.datetime.fromisoformat("2026-05-01T00:00"), "2026-05-01"),
        (dt.datetime.fromisoformat("2026-05-01T09:30"), "2026-05-01 09:30"),
        (dt.date(2026, 5, 1), "2026-05-01"),
    ],
)
def test_a_cell_is_what_somebody_would_type(value, said):
    assert books.cell_text(value) == said


def test_a_workbook_whose_sheets_are_all_hidden_has_no_sheet():
    book = openpyxl.Workbook()
    book.create_chartsheet("Picture")
    book.active.sheet_state = "hidden"
    book.active = 1
    file = io.BytesIO()
    book.save(file)
    with pytest.raises(RefusedError, match="no_sheet"):
        books.read_book(file.getvalue(), 10)


def test_letters_that_nobody_knows_are_refused_and_both_orders_of_bytes_are_read():
    with pytest.raises(RefusedError, match="unknown"):
        text.read_text(b"Name", 10, encoding="no-such-letters")
    assert text.read_text("Name\nAna\n".encode("utf-16-be"), 10).rows == [["Name"], ["Ana"]]


def test_a_zip_that_is_no_workbook_is_refused():
    with pytest.raises(RefusedError, match="unknown"):
        books.kind_of_book(zipped(**{"word/document.xml": "<a/>"}))


def test_a_zip_with_too_many_parts_is_refused_before_any_is_opened():
    with pytest.raises(RefusedError, match="too_much"):
        books.kind_of_book(zipped(**{f"xl/{number}.xml": "" for number in range(2_100)}))


def test_a_workbook_that_opens_to_more_than_we_take_is_refused():
    bomb = zipped(
        **{
            "xl/workbook.xml": "<workbook/>",
            "xl/worksheets/sheet1.xml": b"\0" * (books.MAX_OPENED + 1),
        }
    )
    assert len(bomb) < 1_000_000
    with pytest.raises(UploadRefusedError, match="too big when we open it"):
        read(bomb)


def test_cells_that_repeat_without_end_are_stopped_by_the_limits_of_the_process():
    content = (FILES / "two-in-a-cell.ods").read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    cell = b'<table:table-cell table:number-columns-repeated="16000" office:value-type="string"><text:p>x</text:p>'
    row = b'<table:table-row table:number-rows-repeated="1000000">' + cell + b"</table:table-cell></table:table-row>"
    parts["content.xml"] = parts["content.xml"].replace(b"<table:table-row>", row + b"<table:table-row>", 1)
    with pytest.raises(UploadRefusedError, match=r"too big when we open it|may be damaged"):
        read(zipped(**parts))


def test_a_letter_that_no_database_keeps_is_left_out():
    file = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["Name"])
    book.active.append(["Ana HERE Example"])
    book.save(file)
    with zipfile.ZipFile(file) as package:
        parts = {name: package.read(name).replace(b"HERE", b"_x0000_") for name in package.namelist()}
    assert read(zipped(**parts)).rows == [["Name"], ["Ana  Example"]]
