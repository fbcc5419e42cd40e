"""A letter on paper: its words, its sizes of print, its QR code and its reply slip, tagged for screen readers."""

from itertools import groupby

import pymupdf
import pytest

from people.messages.letters import drawing, words
from people.models import Person
from tests.helpers import pdf_fonts
from tests.helpers.letters import LINK, TEXT, a_letter, codes_in, drawn, ink, text_in
from tests.helpers.pdf_checks import faults
from wellbeing.lib import pdf, sentences

MARGIN = 14
UNBROKEN = "https://example.org/" + "x" * 220
SCRIPTS = "陳 রহিমা علي ਕੌਰ பட Ελένη Їжак Żółw Nguyễn ሰላም 김 🦋"


def outside_the_window(content):
    return [
        each
        for each in pdf_fonts.letters(content)
        if not each.text.isspace() and not (each.page == 0 and ink(each)[1] >= 56 and ink(each)[3] <= 82)
    ]


@pytest.mark.parametrize("size", Person.LetterSize)
def test_everything_is_printed_in_the_size_asked_for_and_headings_larger(size):
    points = {"standard": 12, "easy_read": 14}.get(size) or int(size)
    signs = outside_the_window(drawn(a_letter(size=size)))
    found = {round(each.size, 1) for each in signs}
    assert min(found) == points
    assert {round(points * scale, 1) for scale in (1.15, 1.4)} < found
    assert max(found) == round(points * 1.4, 1)


@pytest.mark.parametrize("size", Person.LetterSize)
def test_a_letter_in_every_size_passes_the_checker(size, tmp_path):
    assert faults(drawn(a_letter(size=size)), tmp_path) == []


@pytest.mark.parametrize("size", [Person.LetterSize.STANDARD, Person.LetterSize.LARGE_24, Person.LetterSize.EASY_READ])
def test_a_letter_says_all_of_its_notice_and_who_writes(size):
    text = " ".join(text_in(drawn(a_letter(size=size)))).replace(" ", "")
    for line in [*TEXT.splitlines(), "Wellbeing Invented", "National Invention Trust, 2 Made Up Road, London, N1 1AA"]:
        assert line.removeprefix("- ").replace(" ", "") in text
    for words_of_ours in (
        "Monday 23 November 2026",
        "Our reference: L-00042",
        "Ring 01632 960001.",
        "stella@example.org",
    ):
        assert words_of_ours.replace(" ", "") in text
    assert text.count("L-00042") > 2, "on every sheet, as sheets get separated"


def test_the_code_opens_the_personal_link_which_stands_beneath_in_words():
    for size in (Person.LetterSize.STANDARD, Person.LetterSize.LARGE_24):
        content = drawn(a_letter(size=size))
        assert codes_in(content) == [LINK]
    (page,) = [page for page in text_in(drawn(a_letter())) if "Point the camera" in page]
    assert LINK in page[page.index("Point the camera") :].replace(" ", "")


def test_a_letter_without_a_link_has_no_code_and_without_a_question_no_slip():
    content = drawn(a_letter(link="", slip=None, text="It is all settled."))
    assert codes_in(content) == []
    assert len(text_in(content)) == 1
    assert "send it back" not in text_in(content)[0]


def test_the_slip_has_a_sheet_of_its_own_with_all_that_sends_it_back():
    pages = text_in(drawn(a_letter()))
    (number,) = [number for number, page in enumerate(pages) if "Please fill in this page" in page]
    assert number % 2 == 0, "the front of a sheet, when both sides are printed"
    assert number == len(pages) - 1
    for line in (
        "Your name: Ann Able",
        "About: You are invited: A day about waiting times",
        "Our reference: L-00042",
        "Yes, I will come",
        "No, I cannot come",
        "What I need on the day",
        "My question",
        "Send it to: Wellbeing Invented National Invention Trust 2 Made Up Road London N1 1AA",
        "Or ring 01632 960001 and tell us.",
    ):
        assert line in pages[number]


def test_the_slip_has_boxes_to_tick_and_lines_to_write_on():
    with pymupdf.open(stream=drawn(a_letter()), filetype="pdf") as whole:
        shapes = [shape["rect"] for shape in whole[-1].get_drawings()]
    boxes = [each for each in shapes if 8 < each.width < 20 and abs(each.width - each.height) < 2]
    lines = [each for each in shapes if each.width > 400]
    assert len(boxes) >= 2
    assert len(lines) == 6


def test_the_easy_read_layout_has_one_sentence_a_line_in_the_words_of_the_notice():
    content = drawn(a_letter(size=Person.LetterSize.EASY_READ))
    signs = [each for each in pdf_fonts.letters(content) if not each.text.isspace()]
    rows = {
        "".join(each.text for each in row) for _at, row in groupby(signs, key=lambda each: (each.page, each.bottom))
    }
    for sentence in ("It is part of Wellbeing Invented.", "Nobody has to speak in front of everyone."):
        assert sentence.replace(" ", "") in rows
    assert "Easy Read" not in " ".join(text_in(content)), "a layout is no translation"


def test_nothing_runs_off_the_paper_and_every_script_has_its_letters():
    for size in (Person.LetterSize.STANDARD, Person.LetterSize.LARGE_24):
        letter = a_letter(
            size=size,
            voice=f"{SCRIPTS} {'V' * 100}",
            name=SCRIPTS,
            subject=f"{SCRIPTS} {UNBROKEN}"[:250],
            text=f"Dear {SCRIPTS},\n\n{UNBROKEN}\n\n- {UNBROKEN}",
            email=f"{'a' * 60}@{'b' * 60}.example.org",
            return_address=f"{UNBROKEN}\n{SCRIPTS}",
            link=UNBROKEN,
        )
        content = drawn(letter)
        assert pdf_fonts.missing_glyphs(content) == []
        assert [
            each for each in pdf_fonts.letters(content) if each.from_edge < MARGIN and not each.text.isspace()
        ] == []
        assert codes_in(content) == [UNBROKEN]


@pytest.mark.parametrize("size", [Person.LetterSize.STANDARD, Person.LetterSize.LARGE_24, Person.LetterSize.EASY_READ])
def test_long_words_and_names_pass_the_checker_too(size, tmp_path):
    letter = a_letter(
        size=size,
        voice=f"Żółw {'V' * 100}",
        name="Łukasz Ελένη Їжак",
        subject=UNBROKEN,
        text=f"Dear Łukasz,\n\n{UNBROKEN}\n\n- {UNBROKEN}",
        return_address=f"{UNBROKEN}\nŻółw",
        link=UNBROKEN,
    )
    assert faults(drawn(letter), tmp_path) == []


def test_each_page_says_how_many_there_are_of_its_own_letter():
    parts = [drawing.lay_out(a_letter(size=size)) for size in (Person.LetterSize.STANDARD, Person.LetterSize.LARGE_24)]
    pages = text_in(pdf.write_together(parts, each_on_a_new_sheet=True))
    counts = [page.rsplit(" ", 3)[-3:] for page in pages if page]
    first, second = parts[0].pages, parts[1].pages
    numbers = [f"{number} / {total}" for total in (first, second) for number in range(1, total + 1)]
    assert [" ".join(each) for each in counts] == [each for each in numbers if any(each in page for page in pages)]
    assert second > first


def test_a_letter_that_would_be_too_long_is_refused(settings):
    settings.LETTER_PAGES = 2
    with pytest.raises(pdf.TooMuchError, match="pages"):
        drawing.lay_out(a_letter(text="A line.\n\n" * 200))


def test_the_words_of_a_notice_are_read_as_headings_paragraphs_and_lists():
    found = words.blocks(
        "Hello Ann,\n\nWHAT IT IS FOR\nTo listen.\nAnd to talk.\n\nBring:\n- a pen\n- paper\nThank you."
    )
    assert [(block.kind, block.lines) for block in found] == [
        ("paragraph", ("Hello Ann,",)),
        ("heading", ("WHAT IT IS FOR",)),
        ("paragraph", ("To listen.", "And to talk.")),
        ("paragraph", ("Bring:",)),
        ("list", ("a pen", "paper")),
        ("paragraph", ("Thank you.",)),
    ]
    assert words.blocks("OK\n\n") == [words.Block(words.Kind.PARAGRAPH, ("OK",))]


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("We pay you. You do not need to ask.", ["We pay you.", "You do not need to ask."]),
        ("See Dr. Invented at 10 a.m. on Monday.", ["See Dr. Invented at 10 a.m. on Monday."]),
        ("Is it free? Yes! “Come in.” We wait.", ["Is it free?", "Yes!", "“Come in.”", "We wait."]),
        ("It is 3.5 miles. See https://example.org/a.b now.", ["It is 3.5 miles.", "See https://example.org/a.b now."]),
        ("J. Smith wrote. 5 came.", ["J. Smith wrote.", "5 came."]),
        ("No end", ["No end"]),
        ("", []),
    ],
)
def test_a_text_is_split_into_its_sentences(text, split):
    assert sentences.split(text) == split
