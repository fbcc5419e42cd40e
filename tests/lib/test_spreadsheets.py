"""Files for spreadsheets: every cell has its type in Excel, and no reader of a CSV changes what it says."""

import csv
import datetime as dt
import io

import openpyxl
import pytest

from people.models import Organisation
from tests.lib.test_tables import listing
from wellbeing.lib import spreadsheets
from wellbeing.lib.spreadsheets import DATE, DECIMAL, MOMENT, MONEY, NUMBER, PERCENT, TEXT
from wellbeing.lib.tables import Column

DAY = dt.date(2026, 11, 23)
# In summer London is an hour before the time of the database.
NOON = dt.datetime(2026, 7, 1, 11, 0, 9, tzinfo=dt.UTC)
COLUMNS = [
    ("Name", TEXT),
    ("Phone", TEXT),
    ("Day", DATE),
    ("When", MOMENT),
    ("Amount", MONEY),
    ("People", NUMBER),
    ("Hours", NUMBER),
    ("Miles", DECIMAL),
    ("Share", PERCENT),
]
ROW = ["Łukasz Żółkiewski", "01632960100", DAY, NOON, 1234567, 1200, 1.5, 7.3, 96.5]


def at(text):
    """A day or moment as a spreadsheet knows it: without a time zone."""
    return dt.datetime.fromisoformat(text)


def workbook(*rows, totals=None, columns=COLUMNS):
    out = io.BytesIO()
    book = spreadsheets.Workbook(out)
    book.sheet("People", columns)
    for row in rows:
        book.row(row)
    if totals:
        book.totals(totals)
    book.facts("About", [("Made", "today")])
    book.close()
    return openpyxl.load_workbook(out)


def test_each_cell_has_its_type_and_a_format():
    sheet = workbook(ROW)["People"]
    cells = {heading.value: cell for heading, cell in zip(sheet[1], sheet[2], strict=True)}
    assert {name: cell.value for name, cell in cells.items()} == {
        "Name": "Łukasz Żółkiewski",
        "Phone": "01632960100",
        "Day": at("2026-11-23"),
        "When": at("2026-07-01 12:00:09"),
        "Amount": 12345.67,
        "People": 1200,
        "Hours": 1.5,
        "Miles": 7.3,
        "Share": 96.5,
    }
    assert {name: cell.number_format for name, cell in cells.items()} == {
        "Name": "@",
        "Phone": "@",
        "Day": "d mmmm yyyy",
        "When": "d mmmm yyyy hh:mm:ss",
        "Amount": "#,##0.00",
        "People": "#,##0",
        "Hours": "General",
        "Miles": "#,##0.0",
        "Share": "0.0",
    }
    assert [cells[name].data_type for name in ("Name", "Phone")] == ["s", "s"]
    assert [cells[name].is_date for name in ("Day", "When", "Amount")] == [True, True, False]


def test_a_day_kept_as_text_is_a_day_again():
    sheet = workbook(["a", "b", "2026-11-23", "2026-07-01T12:00:09+01:00", None, None, None, None, None])["People"]
    assert (sheet["C2"].value, sheet["D2"].value) == (at("2026-11-23"), at("2026-07-01 12:00:09"))
    assert sheet["E2"].value is None


def test_headings_stay_in_sight_can_filter_and_are_printed_on_each_page():
    sheet = workbook(ROW, ROW, totals=[None, None, None, None, 2469134, None, None, None, None])["People"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:I3", "the line of totals is not among what is filtered"
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet["A4"].value, sheet["E4"].value, sheet["E4"].number_format) == ("Total", 24691.34, "#,##0.00")


def test_columns_are_as_wide_as_what_they_hold_and_long_texts_go_on_below():
    long = "A long sentence about what was agreed. " * 10
    sheet = workbook(["Jo", long], columns=[("Name", TEXT), ("Words", TEXT)])["People"]
    assert sheet.column_dimensions["A"].width < 12
    assert 55 < sheet.column_dimensions["B"].width < 65
    assert sheet["B2"].alignment.wrap_text
    assert not sheet["A2"].alignment.wrap_text
    days = workbook(ROW)["People"].column_dimensions
    assert days["C"].width >= len("23 September 2026")
    assert days["D"].width >= len("23 September 2026 12:00:09")


def test_a_table_goes_on_on_the_next_sheet(monkeypatch):
    monkeypatch.setattr(spreadsheets, "MAX_ON_A_SHEET", 2)
    book = workbook(["a"], ["b"], ["c"], columns=[("Name", TEXT)])
    assert [sheet.title for sheet in book] == ["People", "People 2", "About"]
    assert [sheet.auto_filter.ref for sheet in book][:2] == ["A1:A3", "A1:A2"]


def test_an_empty_table_is_still_a_table():
    sheet = workbook()["People"]
    assert sheet.auto_filter.ref == "A1:I1"
    assert sheet.max_row == 1


def test_a_csv_has_one_form_of_day_and_plain_numbers():
    line = spreadsheets.csv_row([kind for _label, kind in COLUMNS], ROW)
    assert next(csv.reader([line])) == [
        "Łukasz Żółkiewski",
        "'01632960100",
        "2026-11-23",
        "2026-07-01 12:00:09",
        "12345.67",
        "1200",
        "1.5",
        "7.3",
        "96.5",
    ]
    (day,) = csv.reader([spreadsheets.csv_row([DATE], [NOON.replace(hour=23, minute=30)])])
    assert day == ["2026-07-02"], "a moment seen from London"


@pytest.mark.parametrize(
    "changed",
    ["01632960100", "0042", "010203", "01-02-03", "MAY-12", "Sep-2026", "1-Mar", "123456789012345678", "1e5", "3/4"],
)
def test_a_text_that_a_spreadsheet_would_change_gets_an_apostrophe(changed):
    assert spreadsheets.csv_row([TEXT], [changed]) == f"'{changed}\r\n"


@pytest.mark.parametrize(
    "plain",
    [
        "01632 960100",
        "WOW-12",
        "Marion",
        "May Fielding",
        "12345678",
        "0",
        "Half a day",
        "0.45 a mile",
        "12 Invented Lane",
    ],
)
def test_a_text_that_stays_as_it_is_gets_none(plain):
    assert spreadsheets.csv_row([TEXT], [plain]) == f"{plain}\r\n"


def test_a_number_or_a_day_gets_no_apostrophe():
    assert spreadsheets.csv_row([MONEY, DATE, NUMBER], [-1250, DAY, 7]) == "-12.50,2026-11-23,7\r\n"


@pytest.mark.django_db
def test_a_day_in_a_list_is_words_on_screen_and_a_date_in_its_files():
    Organisation.objects.create(name="Amber Trust")
    columns = [
        Column("name", "Name"),
        Column("day", "Day", value=lambda row: DAY, kind=DATE),
        Column("when", "When", value=lambda row: NOON, kind=MOMENT),
        Column("none", "None", value=lambda row: None, kind=DATE),
        Column("shown", "Shown", value=lambda row: "here", screen_only=True),
    ]
    shown = listing(columns=columns)[1]
    assert [cell["text"] for cell in shown.rows[0]["cells"]] == [
        "Amber Trust",
        "23 November 2026",
        "1 July 2026, noon",
        "",
        "here",
    ]
    assert [column["shape"] for column in shown.columns] == ["", "date", "", "date", ""]
    lines = b"".join(listing("export=csv", columns=columns)[1].export().streaming_content).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(lines))) == [
        ["Name", "Day", "When", "None"],
        ["Amber Trust", "2026-11-23", "2026-07-01 12:00:09", ""],
    ]
    file = io.BytesIO(b"".join(listing("export=xlsx", columns=columns)[1].export().streaming_content))
    sheet = openpyxl.load_workbook(file).active
    assert sheet["B2"].value == at("2026-11-23")
    assert sheet["C2"].value == at("2026-07-01 12:00:09")
