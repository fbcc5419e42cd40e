"""Helpers that read the fonts embedded in a PDF: which signs of theirs are drawn, where, and which they do not have."""

import io
import re
import unicodedata
from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

import pikepdf
import pymupdf
from fontTools.ttLib import TTFont

# Nothing is drawn for these: a font says so with an empty sign.
BLANK = ("Z", "C")


class Letter(NamedTuple):
    """A letter as drawn: what it stands for, its font and glyph, and where it stands, in points.

    `from_edge` is how far it is from the nearest edge of its page: negative when a part of it is off the paper.
    """

    text: str
    font: str
    glyph: int
    page: int
    size: float
    left: float
    right: float
    bottom: float
    from_edge: float


def missing_glyphs(content):
    """List what a PDF (bytes) draws that its embedded fonts have no sign for: "font, what the sign stands for"."""
    found = set()
    with pikepdf.open(io.BytesIO(content)) as whole:
        fonts, numbers = {}, defaultdict(set)
        for page in whole.pages:
            for name, drawn in _drawn(page):
                font = page.Resources.Font[name]
                fonts[font.objgen] = font
                numbers[font.objgen].update(drawn)
        for key, font in fonts.items():
            meanings = _meanings(font)
            for number in _not_there(font, numbers[key], meanings):
                found.add(f"{font.BaseFont}, {meanings.get(number, '?')}")
    return sorted(found)


def embedded_families(content):
    """Return the names of the fonts embedded in a PDF, without the tags of their subsets and without their weights."""
    with pikepdf.open(io.BytesIO(content)) as whole:
        return {
            str(font.BaseFont).lstrip("/").partition("+")[2].removesuffix("-Bold")
            for page in whole.pages
            for font in page.Resources.get("/Font", {}).values()
        }


@lru_cache(maxsize=1)
def letters(content):
    """List each Letter of a PDF, in the order drawn."""
    with pymupdf.open(stream=content, filetype="pdf") as whole:
        return [
            Letter(
                chr(code),
                span["font"],
                glyph,
                page.number,
                span["size"],
                box[0],
                box[2],
                origin[1],
                min(box[0], box[1], page.rect.width - box[2], page.rect.height - box[3]),
            )
            for page in whole
            for span in page.get_texttrace()
            for code, glyph, origin, box in span["chars"]
        ]


def _drawn(page):
    """Yield the font's name and the numbers of the glyphs of each piece of text of a page."""
    font = None
    for step in pikepdf.parse_content_stream(page):
        operator = str(step.operator)
        if operator == "Tf":
            font = step.operands[0]
        elif operator in ("Tj", "TJ"):
            parts = step.operands[0] if operator == "TJ" else step.operands
            data = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
            yield font, [int.from_bytes(data[at : at + 2]) for at in range(0, len(data), 2)]


def _not_there(font, numbers, meanings):
    """Yield those of the glyphs `numbers` that the embedded file of a font lacks, or draws nothing for."""
    descriptor = font.DescendantFonts[0].FontDescriptor
    stream = descriptor.get("/FontFile3") or descriptor.FontFile2
    embedded = TTFont(io.BytesIO(stream.read_bytes()), lazy=True)
    names = embedded.getGlyphOrder()
    for number in numbers:
        there = 0 < number < len(names)
        blank = _is_blank(meanings.get(number, "?"))
        if not there or not (blank or _has_a_shape(embedded, names[number])):
            yield number


def _has_a_shape(embedded, name):
    """Return whether a glyph draws anything. Its shape alone is read: the widths of all would take longer by far."""
    if "glyf" in embedded:
        return embedded["glyf"][name].numberOfContours != 0
    pen = _Pen()
    embedded["CFF "].cff.topDictIndex[0].CharStrings[name].draw(pen)
    return pen.has_drawn


class _Pen:
    """Notes whether anything is drawn."""

    has_drawn = False

    def __getattr__(self, name):
        self.has_drawn = True
        return lambda *_points, **_more: None


def _meanings(font):
    """Return what each glyph stands for, by the table in the PDF that lets people copy its text."""
    table = font.ToUnicode.read_bytes().decode("ascii")
    pairs = re.findall(r"^<([0-9a-fA-F]{4})> <((?:[0-9a-fA-F]{4})*)>$", table, re.MULTILINE)
    return {int(number, 16): bytes.fromhex(text).decode("utf-16-be") for number, text in pairs}


def _is_blank(text):
    return all(unicodedata.category(letter)[0] in BLANK for letter in text)
