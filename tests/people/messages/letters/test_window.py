"""The address of a letter: inside the window of a DL envelope, however the sheet lies in it, and nothing else is."""

import csv
import random
import unicodedata
from pathlib import Path

import pytest

from people.messages.letters import window
from people.models import Person
from tests.helpers import pdf_fonts
from tests.helpers.letters import a_letter, drawn, first_page, ink, rows_of

DATA = Path(__file__).parents[3] / "payments" / "data"
# The sheet folded into thirds in its envelope: how far it may slide to the right and upwards, in millimetres.
SLIDES = [(0, 0), (10, 0), (0, 11), (10, 11)]
CASES = {
    "short": ("Ann Able", "1 Invented Street\nLeeds\nLS1 1AA"),
    "long": (
        "Professor Dr Alexandra Featherstonehaugh-Cholmondeley",
        "Flat 12b\nThe Old Invented Brewery and Malthouse\n123 Invented Street\nChapel Allerton\nLeeds\n"
        "West Yorkshire\nLS1 1AA",
    ),
    "ten lines": ("Ann Able", "\n".join(["One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "LS1 1AA"])),
    "scripts": ("陳大文 রহিমা বেগম", "محمد علي خان\nਕੌਰ Ελένη Їжак\nLS1 1AA"),
    "one word": ("Ann Able", f"{'W' * 70}\nLeeds\nLS1 1AA"),
}


def names_of_the_field():
    with (DATA / "names.csv").open(encoding="utf-8", newline="") as file:
        return [row["name as stored"] for row in csv.DictReader(file)]


def plain(text):
    """The Latin letters and digits of a text, sorted. Signs of joined scripts do not read back one by one."""
    return sorted(letter for letter in unicodedata.normalize("NFC", text) if letter.isalnum() and letter < "\u0250")


def shown_through(slide):
    """The part of the sheet behind the window: it begins 20 mm from the left and ends 18 mm above the bottom."""
    right, up = slide
    left, bottom = 20 - right, 99 - 18 + up
    return left, bottom - 35, left + 90, bottom


def is_inside(box, area):
    return box[0] >= area[0] and box[1] >= area[1] and box[2] <= area[2] and box[3] <= area[3]


def touches(box, area):
    return box[0] < area[2] and box[2] > area[0] and box[1] < area[3] and box[3] > area[1]


def seen_rows(content):
    """The rows seen through the window, the same wherever the sheet has slid. Asserts that no sign is cut in two."""
    rows = []
    for slide in SLIDES:
        area = shown_through(slide)
        seen = [each for each in first_page(content) if touches(ink(each), area)]
        assert all(is_inside(ink(each), area) for each in seen), f"cut off when the sheet has slid by {slide}"
        rows.append(rows_of(seen))
    assert all(each == rows[0] for each in rows)
    return rows[0]


@pytest.mark.parametrize("size", Person.LetterSize)
def test_in_every_size_the_window_shows_the_name_and_address_and_nothing_else(size):
    assert seen_rows(drawn(a_letter(size=size))) == ["AnnAble", "1InventedStreet", "ChapelAllerton", "Leeds", "LS11AA"]


@pytest.mark.parametrize("case", CASES)
def test_addresses_of_every_shape_are_inside_the_window(case):
    name, address = CASES[case]
    content = drawn(a_letter(name=name, address=address))
    rows = seen_rows(content)
    assert plain("".join(rows)) == plain(f"{name}{address}")
    assert rows[-1] == "LS11AA"
    assert pdf_fonts.missing_glyphs(content) == []


def test_names_and_unbroken_words_of_the_field_fit_or_are_refused():
    names = names_of_the_field()
    assert len(names) > 5
    for name in names:
        rows = seen_rows(drawn(a_letter(name=name)))
        assert plain("".join(rows)) == plain(f"{name}1InventedStreetChapelAllertonLeedsLS11AA")
    for word in (DATA / "unbroken_words.txt").read_text().split():
        content = drawn(a_letter(address=f"{word}\nLeeds\nLS1 1AA"))
        assert word in "".join(seen_rows(content))


def test_any_address_either_fits_or_is_refused_with_a_sentence():
    rng = random.Random(42)
    letters = "abcdefghij WMlKżŁ陳রعਕ-,'"
    refused = 0
    for _n in range(12):
        lines = [
            "".join(rng.choices(letters, k=rng.randint(1, 60))).strip(" ,") or "x" for _m in range(rng.randint(1, 8))
        ]
        try:
            content = drawn(a_letter(address="\n".join(lines), text="Short.", link="", slip=None))
        except window.AddressTooLongError as error:
            assert "Shorten the address" in str(error)
            refused += 1
        else:
            assert seen_rows(content)
    assert refused < 12


def test_a_short_address_is_printed_in_twelve_points_and_a_long_one_smaller_never_below_eight():
    assert window.fit(*CASES["short"]).points == 12
    long = window.fit(*CASES["long"])
    assert 8 <= long.points < 12
    with pytest.raises(window.AddressTooLongError):
        window.fit("Ann Able", "\n".join("W" * 50 for _n in range(9)))


def test_where_lines_share_one_the_name_and_the_postcode_keep_theirs():
    fitted = window.fit(*CASES["ten lines"])
    assert fitted.lines[0] == "Ann Able"
    assert fitted.lines[-1] == "LS1 1AA"
    assert ", ".join(fitted.lines[1:-1]) == "One, Two, Three, Four, Five, Six, Seven, Eight"


def test_an_address_that_would_be_cut_is_noticed():
    content = drawn(a_letter(address="1 Invented Street\nLeeds"))
    page = first_page(content)
    lowest = max(ink(each)[3] for each in page if each.text == "L" and 57 < ink(each)[1] < 81)
    assert lowest < 81
    area = (20, 57, 100, lowest - 1)
    assert not all(is_inside(ink(each), area) for each in page if touches(ink(each), area))
