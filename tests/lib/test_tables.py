"""Lists: what is shown is what is exported, and no cell runs in a spreadsheet."""

import csv
import io
import zipfile

import django_filters
import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from people.models import Organisation
from wellbeing.lib.spreadsheets import harmless
from wellbeing.lib.tables import Column, Listing, words_of
from wellbeing.lib.ticks import whole_numbers

pytestmark = pytest.mark.django_db


class KindFilter(django_filters.FilterSet):
    class Meta:
        model = Organisation
        fields = ["kind"]


def listing(query="", **changes):
    request = RequestFactory().get(f"/x/?{query}")
    values = {
        "columns": [
            Column("name", "Name", sort="name"),
            Column("pk", "Worth", value=lambda row: row.pk * 0 + 12345, money=True),
        ],
        "name": "organisations",
        "caption": "Organisations",
        "search": ["name", "about"],
        "filters": KindFilter,
        "default_sort": "name",
        "empty_title": "No organisations yet",
    }
    values.update(changes)
    return request, Listing(request, Organisation.objects.all(), **values)


@pytest.fixture
def charities():
    for name in ("Brook House", "=HYPERLINK(1)", "Amber Trust"):
        Organisation.objects.create(name=name)
    Organisation.objects.create(name="Amber Fund", kind="funder")


def test_each_word_of_a_search_must_be_found(charities):
    assert [row.name for row in listing("q=amber+trust")[1].page] == ["Amber Trust"]


def test_filters_and_order_come_from_the_address(charities):
    names = [row.name for row in listing("kind=charity&sort=-name")[1].page]
    assert names == ["Brook House", "Amber Trust", "=HYPERLINK(1)"]


def test_a_csv_holds_every_row_of_what_is_shown_and_no_formula(charities):
    request, shown = listing("kind=charity&export=csv", per_page=1)
    text = b"".join(shown.export().streaming_content).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text))) == [
        ["Name", "Worth"],
        ["'=HYPERLINK(1)", "123.45"],
        ["Amber Trust", "123.45"],
        ["Brook House", "123.45"],
    ]


def test_a_spreadsheet_keeps_text_as_text_and_money_as_numbers(charities):
    request, shown = listing("export=xlsx")
    book = zipfile.ZipFile(io.BytesIO(b"".join(shown.export().streaming_content)))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "123.45" in sheet
    assert "<f>" not in sheet


def test_an_empty_list_says_what_to_do_and_a_narrowed_one_offers_everything(charities):
    request, nothing_found = listing("q=zebra")
    html = render_to_string("components/listing.html", {"listing": nothing_found, "request": request})
    assert "Nothing matches" in html and 'value="zebra"' in html
    Organisation.objects.all().delete()
    request, empty = listing()
    assert "No organisations yet" in render_to_string("components/listing.html", {"listing": empty, "request": request})


def test_a_page_number_out_of_range_gives_the_nearest_page(charities):
    assert listing("page=999", per_page=1)[1].page.number == 4
    assert listing("page=zebra", per_page=1)[1].page.number == 1


def test_a_nul_in_the_search_is_not_an_error(charities):
    assert listing("q=am%00ber")[1].count == 2


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"),
        ("@x", "'@x"),
        ("-12.50", "-12.50"),
        ("+44 1", "'+44 1"),
        (None, ""),
        ("plain", "plain"),
        ("Ann;=cmd|' /C calc'!A0", "Ann;'=cmd|' /C calc'!A0"),
        ("Ann; =1+1;@x", "Ann; '=1+1;'@x"),
        ('Ann;"=1+1', "Ann;\"'=1+1"),
        ("one\n=1+1\r+2", "one\n'=1+1\r'+2"),
        ("a\t=1", "a\t'=1"),
        ("\t1", "'\t1"),
        ("＝1+1", "'＝1+1"),
        ("Ann-Marie O'Brien; Leeds, 3-5 Invented Street", "Ann-Marie O'Brien; Leeds, 3-5 Invented Street"),
        ("ann+club@example.org", "ann+club@example.org"),
    ],
)
def test_a_cell_that_would_run_gets_an_apostrophe(value, written):
    assert harmless(value) == written


def test_only_what_a_tick_box_could_send_counts_as_a_number():
    assert whole_numbers(["7", "12", "7", "²", "-1", "", "9" * 5000, "99999999999999999999", "x"]) == {7, 12}


def test_a_reader_who_types_a_book_searches_for_its_first_words():
    assert len(words_of("word " * 100_000)) == 10


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_no_reader_of_a_csv_finds_a_formula_wherever_it_splits(delimiter):
    attacks = ["=1+1", "+1", "-cmd", "@SUM(A1)"]
    for attack in attacks:
        for before in (
            "",
            ";",
            "; ",
            "Ann;",
            'Ann;"',
            "Ann\n",
            "Ann\t",
            "Ann|",
            "Ann,",
            "Ann,;",
            '"',
            '";"',
            "Ann; \t",
        ):
            out = io.StringIO()
            csv.writer(out).writerow(["first", harmless(before + attack), "-12.50"])
            cells = [
                cell.strip().strip('"').strip()
                for row in csv.reader(io.StringIO(out.getvalue(), newline=""), delimiter=delimiter)
                for cell in row
            ]
            assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "-c"))], (before, attack, cells)
