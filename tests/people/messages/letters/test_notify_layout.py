"""Letters as GOV.UK Notify prints them: nothing outside the areas it checks, and an address that it reads.

The boundaries are those of Notify's own check of a letter (its template preview), to the millimetre.
"""

import pymupdf
import pytest
from PIL import Image, ImageDraw

from people.messages.letters import drawing, window
from people.messages.letters.notify import NotifyLetters, UnfitError
from people.models import Person
from tests.helpers.letters import LINK, MM, a_letter, codes_in, first_page, ink, rows_of, text_in
from tests.helpers.notify_server import KEY
from tests.helpers.pdf_checks import faults
from wellbeing.lib import pdf

DPI = 100
# Of the first page: what may have ink, as (left, top, right, bottom) in millimetres; of every other page, the margins.
FIRST_PAGE = [(15, 95, 195, 292), (125, 5, 195, 95), (15, 5, 125, 30), (24.6, 39.5, 120, 66.3)]
OTHER_PAGES = [(15, 5, 195, 292)]
# Notify reads every word that touches the address and three millimetres around it.
READ_AS_ADDRESS = (21.6, 36.5, 123, 69.3)


@pytest.fixture
def notify(settings):
    settings.NOTIFY_API_KEY = KEY
    return NotifyLetters()


def for_notify(letter):
    """The PDF of a letter, as it goes to Notify."""
    return pdf.write_together([drawing.lay_out(letter, window.NOTIFY, NotifyLetters.pages)])


def ink_outside(content, first=FIRST_PAGE, others=OTHER_PAGES):
    """The pages, from 1, that have ink outside the areas Notify prints."""
    found = []
    with pymupdf.open(stream=content, filetype="pdf") as whole:
        for number, page in enumerate(whole, start=1):
            picture = page.get_pixmap(dpi=DPI)
            image = Image.frombytes("RGB", (picture.width, picture.height), picture.samples)
            white = ImageDraw.Draw(image)
            for area in first if number == 1 else others:
                white.rectangle([side / 25.4 * DPI for side in area], fill="white")
            if image.getcolors(2) != [(picture.width * picture.height, (255, 255, 255))]:
                found.append(number)
    return found


def read_as_address(content):
    """The rows Notify takes for the address of a letter."""
    left, top, right, bottom = READ_AS_ADDRESS
    touched = [
        sign
        for sign in first_page(content)
        if ink(sign)[0] < right and ink(sign)[2] > left and ink(sign)[1] < bottom and ink(sign)[3] > top
    ]
    return rows_of(touched)


@pytest.mark.parametrize("size", Person.LetterSize)
def test_in_every_size_nothing_is_outside_what_notify_prints_and_the_address_is_read_alone(size):
    content = for_notify(a_letter(size=size))
    assert ink_outside(content) == []
    assert read_as_address(content) == ["AnnAble", "1InventedStreet", "ChapelAllerton", "Leeds", "LS11AA"]
    with pymupdf.open(stream=content, filetype="pdf") as whole:
        assert all(abs(page.rect.width / MM - 210) < 1 and abs(page.rect.height / MM - 297) < 1 for page in whole)
        assert len(whole) <= 10


def test_it_passes_the_checker_of_documents(tmp_path):
    assert faults(for_notify(a_letter(size=Person.LetterSize.LARGE_18)), tmp_path) == []


def test_our_own_layout_is_noticed_to_be_none_for_notify():
    content = pdf.write_together([drawing.lay_out(a_letter())])
    assert ink_outside(content) == [1]


@pytest.mark.parametrize(
    "details",
    [
        {"voice": "The Very Long Name of an Invented Partnership of Charities, Boards, Trusts and Councils " * 2},
        {"return_address": "\n".join(["A Long Line of an Invented Address"] * 6)},
        {"name": "Professor Dr Alexandra Featherstonehaugh-Cholmondeley of the Invented Institute"},
        {"address": "One\nTwo\nThree\nFour\nFive\nSix\nSeven\nEight\nLS1 1AA"},
        {"text": "A paragraph of many words that goes on for a while. " * 400},
    ],
    ids=["who writes", "return address", "name", "many lines", "many pages"],
)
@pytest.mark.parametrize("size", [Person.LetterSize.STANDARD, Person.LetterSize.LARGE_24])
def test_long_details_stay_inside_too(details, size):
    letter = a_letter(size=size, **details)
    if "text" in details and size == Person.LetterSize.LARGE_24:
        with pytest.raises(pdf.TooMuchError, match="at most 10"):
            for_notify(letter)
        return
    content = for_notify(letter)
    assert ink_outside(content) == []
    rows = read_as_address(content)
    assert 3 <= len(rows) <= 7
    assert rows[-1] == "LS11AA"


def test_the_slip_the_code_and_the_words_travel_as_they_are():
    content = for_notify(a_letter(size=Person.LetterSize.EASY_READ))
    assert LINK in codes_in(content)
    text = " ".join(text_in(content))
    assert "Nobody has to speak in front of everyone." in text
    assert "Please fill in this page and send it back to us." in text
    assert "Our reference: L-00042" in text


@pytest.mark.parametrize(
    ("details", "sentence"),
    [
        ({"address": "1 Invented Street\nLeeds"}, "end with a UK postcode"),
        ({"address": "No fixed abode\nLeeds\nLS1 1AA"}, "end with a UK postcode"),
        ({"address": "1 Rue Inventée\n75001 Paris\nFrance"}, "end with a UK postcode"),
        ({"address": "LS1 1AA"}, "3 to 7 lines"),
        ({"address": "(back door)\n1 Invented Street\nLS1 1AA"}, "begins with one of"),
        ({"name": "陳大文"}, "Latin letters alone"),
    ],
)
def test_an_address_that_notify_would_not_take_is_refused_before_it_goes(details, sentence, notify):
    with pytest.raises(UnfitError, match=sentence):
        notify.check(a_letter(**details))


@pytest.mark.parametrize("address", ["1 Invented Street\nLeeds\nLS1 1AA", "Św. Inventyń 4\nLeeds\nls11aa"])
def test_an_ordinary_address_is_taken(address, notify):
    notify.check(a_letter(address=address))


def test_an_address_too_long_for_its_window_is_refused(notify):
    with pytest.raises(window.AddressTooLongError):
        notify.check(a_letter(address="\n".join(["W" * 60] * 9)))
