"""Measure how wide a text is in the fonts of documents, without laying anything out."""

from functools import lru_cache

from fontTools.ttLib import TTFont

from wellbeing.lib import scripts


@lru_cache(maxsize=len(scripts.FAMILIES))
def _advances(family: str) -> dict[int, float]:
    """Return how far each character of a family moves the pen, in parts of the size of print."""
    with TTFont(scripts.path_of(family), lazy=True) as font:
        metrics, em = font["hmtx"].metrics, font["head"].unitsPerEm
        return {code: metrics[glyph][0] / em for code, glyph in font.getBestCmap().items()}


def width(text: str, points: float) -> float:
    """Return the width in points of `text` in the regular print of documents, `points` high.

    Letters are added up one by one. A script whose letters are joined or stacked takes no more room than that.
    """
    total = 0.0
    for piece in scripts.pieces(text):
        advances = _advances(piece.family or scripts.BODY)
        # A sign that comes from another font is at most a square.
        total += sum(advances.get(ord(letter), 1.0) for letter in piece.text)
    return total * points


def wrapped(text: str, points: float, room: float) -> list[str]:
    """Break `text` into lines no wider than `room` points, between words, and inside a word that is wider by itself."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if width(longer, points) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, points, room)
        lines += full
    return [*lines, line] if line else lines


def _pieces(word: str, points: float, room: float) -> list[str]:
    """Cut one word into pieces that fit; the last may have room left."""
    pieces, piece = [], ""
    for letter in word:
        if piece and width(piece + letter, points) > room:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece]
