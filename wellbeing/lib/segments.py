"""Say how many text messages a text is sent as, and keep our own words to the letters that cost least.

Sources: 3GPP TS 23.038 (earlier GSM 03.38), sections 6.2.1 and 6.2.1.1, for the letters of the basic table and of its
extension; 3GPP TS 23.040 (earlier GSM 03.40), section 9.2.3.24.1, for the header of six octets by which a phone puts a
long text together again. A text whose letters are all in the two tables takes 7 bits a letter: 160 of them in one
message, 153 in each part of a longer one. Any other letter makes the whole text UCS-2, 16 bits a unit: 70, or 67 in
each part. A letter of the extension takes two places in the first, one outside the basic plane (most emoji) two units
in the second, and neither is cut in two.
"""

from collections.abc import Iterable
from dataclasses import dataclass

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("\f^{}\\[~]|€")

GSM_ONE, GSM_EACH = 160, 153
UCS2_ONE, UCS2_EACH = 70, 67

# Signs that typing programs and our own templates put in place of plain ones. Letters of names are never replaced.
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛‹›′`´", "'"),
        **dict.fromkeys("‐‑‒–—―−•", "-"),
        "…": "...",
        # Spaces that do not break, and those of another width, with the tab.
        **dict.fromkeys("\u00a0\u202f\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\t", " "),
        **dict.fromkeys("\u2028\u2029", "\n"),
        # Soft hyphen, zero-width space, word joiner and byte order mark: nothing to see. The joiners that scripts and
        # emoji need stay.
        **dict.fromkeys("\u00ad\u200b\u2060\ufeff"),
    }
)


@dataclass(frozen=True)
class Measure:
    """How a text is sent: in GSM 7-bit letters or in UCS-2, in how many places, as how many text messages."""

    gsm: bool
    places: int
    segments: int


def measure(words: str) -> Measure:
    """Return how `words` are sent. An empty text is one message, as providers count it."""
    gsm = not forcing_ucs2(words)
    if gsm:
        sizes = [2 if letter in EXTENSION else 1 for letter in words]
        one, each = GSM_ONE, GSM_EACH
    else:
        sizes = [2 if ord(letter) > 0xFFFF else 1 for letter in words]
        one, each = UCS2_ONE, UCS2_EACH
    places = sum(sizes)
    return Measure(gsm, places, 1 if places <= one else _parts(sizes, each))


def segments(words: str) -> int:
    """Return how many text messages `words` are sent as and paid for."""
    return measure(words).segments


def forcing_ucs2(words: str) -> list[str]:
    """Return the letters of `words` that are in neither table, each once, in the order in which they come."""
    return list(dict.fromkeys(letter for letter in words if letter not in BASIC and letter not in EXTENSION))


def plain(words: str) -> str:
    """Return `words` with typographic signs replaced by plain ones: quotes, dashes, ellipsis, spaces of any width.

    Letters stay as they are: a name is never written another way to save money.
    """
    return words.translate(_PLAIN)


def _parts(sizes: Iterable[int], each: int) -> int:
    """Return how many parts of `each` places the letters need when none is cut in two."""
    parts, used = 1, 0
    for size in sizes:
        if used + size > each:
            parts, used = parts + 1, 0
        used += size
    return parts
