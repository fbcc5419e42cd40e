"""Set each word of a document in one typeface that has all its letters, whatever script it is written in.

Left to itself, the text engine looks for each letter alone: the one letter of a Vietnamese name that the body font
lacks would come from another font in the middle of the word. A run of words written from right to left stays together,
so that they follow each other from right to left inside an English line.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from django.conf import settings
from fontTools.ttLib import TTFont

FOLDER = settings.BASE_DIR / "build" / "fonts"
BODY = "Atkinson Hyperlegible Next"
# The first of these that has every letter of a word sets it. Noto Sans has Latin, Greek, Cyrillic and Devanagari ones.
FAMILIES = {
    BODY: "AtkinsonHyperlegibleNext_400Regular.ttf",
    "Noto Sans": "NotoSans_400Regular.ttf",
    "Noto Sans Arabic": "NotoSansArabic_400Regular.ttf",
    "Noto Sans Hebrew": "NotoSansHebrew_400Regular.ttf",
    "Noto Sans Bengali": "NotoSansBengali_400Regular.ttf",
    "Noto Sans Gurmukhi": "NotoSansGurmukhi_400Regular.ttf",
    "Noto Sans Gujarati": "NotoSansGujarati_400Regular.ttf",
    "Noto Sans Tamil": "NotoSansTamil_400Regular.ttf",
    "Noto Sans Telugu": "NotoSansTelugu_400Regular.ttf",
    "Noto Sans Malayalam": "NotoSansMalayalam_400Regular.ttf",
    "Noto Sans Sinhala": "NotoSansSinhala_400Regular.ttf",
    "Noto Sans Thai": "NotoSansThai_400Regular.ttf",
    "Noto Sans Ethiopic": "NotoSansEthiopic_400Regular.ttf",
    "Noto Sans Armenian": "NotoSansArmenian_400Regular.ttf",
    "Noto Sans Georgian": "NotoSansGeorgian_400Regular.ttf",
    "Noto Sans CJK TC": "NotoSansCJKtc-Regular.otf",
    "Noto Emoji": "NotoEmoji_400Regular.ttf",
}
# Hyphens, apostrophes and joiners are part of the word they stand in.
INSIDE_WORDS = "-\u2010\u2011'\u2018\u2019\u02bc\u00b7\u200c\u200d"
# They choose the colour of the sign before them: we print black alone, and they would leave a gap.
NOT_PRINTED = dict.fromkeys([0xFE0E, 0xFE0F, *range(0x1F3FB, 0x1F400)])
NO_WORDS_IN = {"head", "script", "style", "title"}


class Piece(NamedTuple):
    """A part of a text and the family that sets it: None for the font of what stands around it."""

    text: str
    family: str | None


def path_of(family: str) -> Path:
    """Return the font file of the regular letters of `family`."""
    return Path(FOLDER / FAMILIES[family])


@lru_cache(maxsize=len(FAMILIES))
def letters_of(family: str) -> frozenset[int]:
    """Return the characters that `family` has a sign for, as numbers."""
    with TTFont(path_of(family), lazy=True) as font:
        return frozenset(font.getBestCmap())


def set_words(element: ElementTree.Element) -> None:
    """Put each word in the texts of `element` (of an HTML tree) that the body font cannot set whole into a span of its
    own, with the family that can.
    """
    # The tag of a comment is a function.
    if not isinstance(element.tag, str) or element.tag in NO_WORDS_IN:
        return
    for child in list(element):
        set_words(child)
        if child.tail and not child.tail.isascii():
            child.tail, spans = _spans(child.tail)
            index = list(element).index(child) + 1
            element[index:index] = spans
    if element.text and not element.text.isascii():
        element.text, spans = _spans(element.text)
        element[0:0] = spans


def _spans(text: str) -> tuple[str, list[ElementTree.Element]]:
    """Return the text before the first word for another family, and a <span> for each, with its tail."""
    before = ""
    spans: list[ElementTree.Element] = []
    for piece in pieces(text):
        if piece.family:
            span = ElementTree.Element("span", {"style": f"font-family: '{piece.family}'"})
            span.text, span.tail = piece.text, ""
            spans.append(span)
        elif spans:
            spans[-1].tail = (spans[-1].tail or "") + piece.text
        else:
            before += piece.text
    return before, spans


def pieces(text: str) -> list[Piece]:
    """Split `text` into pieces of one family each. Letters with their marks become one sign where there is one."""
    text = unicodedata.normalize("NFC", text).translate(NOT_PRINTED)
    found: list[Piece] = []
    for piece in _words(text):
        # A space or comma between two words written from right to left is part of what they say.
        if piece.family and len(found) > 1 and _from_right(piece.text) and _from_right(found[-2].text):
            between, first = found.pop(), found.pop()
            if first.family == piece.family and between.family is None and not _has_letters(between.text):
                found.append(Piece(first.text + between.text + piece.text, piece.family))
                continue
            found += [first, between]
        found.append(piece)
    return found


def _words(text: str) -> Iterator[Piece]:
    """Split `text` into words, each with the family it needs, and what stands between them."""
    waiting = ""
    for is_word, letters in groupby(text, key=_is_of_a_word):
        part = "".join(letters)
        family = _family_for(part) if is_word else None
        if family is None:
            waiting += part
            continue
        if waiting:
            yield Piece(waiting, None)
        yield Piece(part, family)
        waiting = ""
    if waiting:
        yield Piece(waiting, None)


def _is_of_a_word(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LM" or letter in INSIDE_WORDS


def _family_for(word: str) -> str | None:
    """Return the first family that has all letters of `word`; None for the body font, and where none has them all."""
    needed = set(map(ord, word))
    family = next((family for family in FAMILIES if needed <= letters_of(family)), None)
    return None if family == BODY else family


def _from_right(text: str) -> bool:
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)


def _has_letters(text: str) -> bool:
    return any(unicodedata.category(letter)[0] == "L" for letter in text)
