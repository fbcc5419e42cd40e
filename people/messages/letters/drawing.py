"""Draw a letter from its facts: HTML in the reader's print, then pages."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import segno
from django.conf import settings
from django.template.loader import render_to_string

from people.directory.models import Person
from people.messages.letters import window, words
from people.registry import ReplySlip
from wellbeing.lib import pdf, phones
from wellbeing.lib.languages import Language, Passage
from wellbeing.lib.text_widths import wrapped

STYLE = str(Path("people") / "letters" / "style.css")
SIDE_MARGIN = window.ALWAYS_SHOWN.left
HEAD_WIDTH = (window.SHEET_WIDTH - 2 * SIDE_MARGIN) * window.POINTS_PER_MM
HEAD_LEADING = 1.25
# The name of who writes stands in bold and larger; bold letters are up to a tenth wider.
NAME_SCALE, BOLD = 1.25, 1.1
# A name is set smaller, where it has to be, in this many steps.
NAME_SCALES = (NAME_SCALE, 1.0, 0.9, 0.8, 0.7, 0.6, 0.5)


@dataclass(frozen=True)
class Letter:
    """Hold the content of a letter: who writes, to whom and where, and the words of its notice.

    `size` is one of Person.LetterSize. `voice` writes, and has letters that cannot be delivered sent back to
    `return_address`. `slip_name` is who replies, where the letter goes through a supporter.
    """

    voice: str
    name: str
    address: str
    reference: str
    made_on: dt.date
    subject: str
    text: str
    return_address: str = ""
    phone: str = ""
    email: str = ""
    link: str = ""
    size: str = Person.LetterSize.STANDARD
    slip: ReplySlip | None = None
    slip_name: str = ""
    # The same words in parts of one language each, where not all of them are in English.
    passages: Sequence[Passage] = ()
    language: str = field(default="en-gb")


@dataclass(frozen=True)
class _Head:
    """Who writes, above the window: the lines of the name, its size, and the details where there is room for them."""

    points: float
    lines: tuple[str, ...]
    details: tuple[str, ...]
    below: tuple[str, ...]

    @property
    def font_size(self) -> str:
        """Return the size of the name as CSS has it."""
        return f"{self.points:g}pt"


def lay_out(letter: Letter, layout: window.Layout = window.OURS, pages: int | None = None) -> pdf.LaidOut:
    """Lay out one letter. Raises AddressTooLongError, and pdf.TooMuchError for one of more than `pages` pages.

    Those are LETTER_PAGES unless given.
    """
    return pdf.lay_out(
        html_of(letter, layout),
        css=css_of(letter.size, layout),
        seconds=settings.LETTER_SECONDS,
        pages=pages or settings.LETTER_PAGES,
    )


def html_of(letter: Letter, layout: window.Layout = window.OURS) -> str:
    """Return the page of one letter. Raises AddressTooLongError."""
    return render_to_string(
        "people/letters/letter.html",
        {
            "letter": letter,
            "easy": letter.size == Person.LetterSize.EASY_READ,
            "window": window.fit(letter.name, letter.address, layout.address),
            "head": _head(letter, layout.head_bottom - layout.head_top),
            "about": _about(letter),
            "passages": [(passage, words.blocks(passage.text)) for passage in _passages(letter)],
            "code": code_of(letter.link) if letter.link else "",
            "return_lines": _lines(letter.return_address),
        },
    )


@lru_cache(maxsize=2 * len(Person.LetterSize))
def css_of(size: str, layout: window.Layout = window.OURS) -> str:
    """Return the style of letters in a size of print."""
    easy = size == Person.LetterSize.EASY_READ
    return render_to_string(
        STYLE,
        {
            "points": Person.LetterSize(size).points,
            "leading": 1.7 if easy else 1.45,
            "easy": easy,
            "head_top": layout.head_top,
            "head_height": layout.head_bottom - layout.head_top,
            "side": SIDE_MARGIN,
            "window_height": layout.body_top - layout.head_bottom,
            "window_top": layout.address.top - layout.head_bottom,
            "window_left": layout.address.left - SIDE_MARGIN,
            "window_leading": window.LEADING,
        },
    )


def code_of(link: str) -> str:
    """Return the QR code of a link as an image that a page holds in itself."""
    # A quarter of a code of level Q may be smudged or folded. The white edge of four squares is a part of the code.
    return segno.make(link, error="q", micro=False, boost_error=False).svg_data_uri(border=4, dark="#000", light="#fff")


def _passages(letter: Letter) -> Sequence[Passage]:
    return letter.passages or (Passage(letter.text),)


def _about(letter: Letter) -> Passage:
    """Return the subject, in the language in which the words around the facts are."""
    languages = (passage.language for passage in _passages(letter))
    return Passage(letter.subject, next((one for one in languages if one != Language.ENGLISH), Language.ENGLISH))


def _head(letter: Letter, height: float) -> _Head:
    points = Person.LetterSize(letter.size).points
    details = _details(letter)
    room = height * window.POINTS_PER_MM
    for scale in NAME_SCALES:
        size = points * scale
        lines = tuple(wrapped(letter.voice, size * BOLD, HEAD_WIDTH))
        left = room - len(lines) * size * HEAD_LEADING
        rows = sum(len(wrapped(line, points, HEAD_WIDTH)) for line in details)
        if left >= rows * points * HEAD_LEADING:
            return _Head(size, lines, details, ())
        if left >= 0:
            return _Head(size, lines, (), details)
    # Longer than any field for a name.
    return _Head(size, lines[: int(room / (size * HEAD_LEADING))], (), (letter.voice, *details))


def _details(letter: Letter) -> tuple[str, ...]:
    address = ", ".join(_lines(letter.return_address))
    reach = ", ".join(each for each in (phones.shown(letter.phone), letter.email) if each)
    return tuple(filter(None, (address, reach)))


def _lines(address: str) -> Sequence[str]:
    return [line for line in (part.strip(" ,") for part in address.splitlines()) if line]
