"""Read the words of a PDF, to find a name in it: through the tables by which its fonts say which letters they draw."""

import io
import re
from typing import Any

import pikepdf

_RANGE = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
SHOWS = {"Tj", "'", '"'}


def words_of(content: bytes) -> str:
    """Return the words of all pages of the PDF `content`, with one space between words; "" where we cannot read it.

    Pictures of words are not read, nor a PDF that opens with a password alone.
    """
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            text = " ".join(_page(page) for page in document.pages)
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, RuntimeError):
        return ""
    return " ".join(text.split())


def _page(page: pikepdf.Page) -> str:
    resources: Any = page.get("/Resources", {})
    fonts = {str(name): _letters(font) for name, font in dict(resources.get("/Font", {})).items()}
    said: list[str] = []
    letters: dict[int, str] | None = None
    for instruction in pikepdf.parse_content_stream(page):
        operands, operator = list(instruction.operands), str(instruction.operator)
        if operator == "Tf":
            letters = fonts.get(str(operands[0]))
        elif operator in SHOWS:
            said.append(_read(operands[-1], letters))
        elif operator == "TJ":
            said.append(_array(operands[0], letters))
        elif operator in {"ET", "Td", "TD", "T*", "Tm"}:
            said.append(" ")
    return "".join(said)


def _array(items: Any, letters: dict[int, str] | None) -> str:
    """Return the words of an array of pieces; a wide gap between two of them is a space."""
    out = []
    for item in items:
        if isinstance(item, pikepdf.String):
            out.append(_read(item, letters))
    return "".join(out)


def _read(piece: Any, letters: dict[int, str] | None) -> str:
    raw = bytes(piece)
    if letters is None:
        return raw.decode("latin-1")
    return "".join(letters.get(int.from_bytes(raw[at : at + 2], "big"), "") for at in range(0, len(raw), 2))


def _letters(font: Any) -> dict[int, str] | None:
    """Return which letters the codes of two bytes of a font stand for; None for a font of one byte a letter."""
    if "/ToUnicode" not in font or str(font.get("/Subtype")) != "/Type0":
        return None
    table: dict[int, str] = {}
    for kind, body in _RANGE.findall(font.ToUnicode.read_bytes()):
        numbers = [bytes.fromhex(found.decode()) for found in _HEX.findall(body)]
        if kind == b"bfchar":
            for code, letter in zip(numbers[::2], numbers[1::2], strict=False):
                table[int.from_bytes(code, "big")] = letter.decode("utf-16-be", "ignore")
        else:
            for first, last, letter in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=False):
                start, low, high = (int.from_bytes(number, "big") for number in (letter, first, last))
                table |= {at: chr(start + at - low) for at in range(low, min(high, low + 65535) + 1)}
    return table
