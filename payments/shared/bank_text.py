"""Text as banks take it: few letters, none with an accent."""

import re
import unicodedata

# The letters of a name in a BACS file, at most.
NAME_LENGTH = 18
# Letters that do not come apart into a plain letter and an accent.
PLAIN = str.maketrans(
    {
        "Ł": "L", "Ø": "O", "Đ": "D", "Ð": "D", "Þ": "TH", "Æ": "AE", "Œ": "OE", "ẞ": "SS",
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i",
    }
)  # fmt: skip


def bank_text(text, length=NAME_LENGTH, *, capitals=True):
    """Write `text` in the characters a bank's file takes: A–Z, digits, . & / - and single spaces, `length` at most.

    Accents are dropped, apostrophes closed up, anything else becomes a space: the rule of BACS Standard 18. It starts
    with a letter or digit, so that no spreadsheet takes it for a formula. May be empty.
    """
    plain = unicodedata.normalize("NFKD", (text.upper() if capitals else text).translate(PLAIN))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = re.sub(r"['’‘`ʼ]", "", plain)
    plain = re.sub(r"[^A-Z0-9.&/ -]+" if capitals else r"[^A-Za-z0-9.&/ -]+", " ", plain)
    return " ".join(plain.split()).lstrip(".&/- ")[:length].rstrip()
