"""Odd values, and odd ways to send them. All that is random comes from the generator that is handed in."""

import csv
import io
from pathlib import Path
from urllib.parse import quote_plus

from tests.helpers.samples import jpeg
from wellbeing.local.places import PROJECT

# Found as it stands in a page, it was not escaped.
ECHO = "<fz-7>"
# The second line as a template would draw it.
TEMPLATE, TEMPLATE_DONE = "fz{{ 7|add:7 }}fz", "fz14fz"
BOUNDARY = "fuzz-boundary"

NUMBERS = (
    *(
        "0",
        "-1",
        "-0.001",
        "1e3",
        "1E400",
        "-1e-400",
        "NaN",
        "inf",
        "99999999999999999999",
        "2147483648",
        "-2147483649",
    ),
    *("9223372036854775808", "0x10", "1,000", "1.000.000", "٣", "²", "½", "1_000", "0" * 300, "9" * 5000, " 7 ", "+7"),
    *("0.1" * 40, "1000000.005"),
)
DATES = (
    *("0001-01-01", "9999-12-31", "2027-02-29", "2028-02-29", "10000-01-01", "2026-13-45", "-1", "29/02/2027"),
    *(
        "9999-12-31T23:59:59.999999+14:00",
        "0001-01-01T00:00",
        "24:00",
        "23:59:60",
        "2026-W53-7",
        "99:99",
        "2026-10-25T01:30",
    ),
)
TEXTS = (
    *(
        "",
        " ",
        "\0",
        "a\0b",
        "\r\n\r\nSet-Cookie: a=b",
        "x" * 20_000,
        "w " * 9000,
        "\u202e\u2066abc",
        "\u200b",
        "\u200d\ufeff",
    ),
    *("e\u0301" * 300, "\U0001f469\u200d\U0001f9bd" * 50, "\ufdfa" * 400, "İıſßﬁ", "\x1b[31m\x7f\x85\u2028", "\ud800"),
    *(
        f'">{ECHO}',
        f"'>{ECHO}\\",
        f"</textarea></script>{ECHO}",
        f"javascript:{ECHO}",
        TEMPLATE,
        f"{{% now 'Y' %}}{ECHO}",
    ),
    *("' OR 1=1; --", "%s%(a)s{0}{a.b}", "\\", "%", "_%_", "=cmd|'/c calc'!A0", "@SUM(1)", "../../../etc/passwd"),
    *(
        "null",
        "None",
        "[]",
        '{"a": 1}',
        "[[[[" * 500,
        "true",
        "on",
        "undefined",
        "//evil.example/",
        "https://evil.example",
    ),
    *("a@b", "a@b@c.example", f"{'a' * 250}@example.org", "x@xn--.example", "tel:999", "+447700900" + "0" * 50),
)
BYTES = (b"\xff\xfe", b"\xc0\x80", b"\xed\xa0\x80", b"caf\xe9", b"%00", b"\x80" * 50)
TYPES = (
    *("application/json", "text/plain", "application/xml", "multipart/form-data", "multipart/form-data; boundary="),
    *(
        "application/x-www-form-urlencoded; charset=utf-7",
        "application/x-www-form-urlencoded; charset=none",
        "",
        "\xff",
    ),
)
METHODS = ("PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "get", "POST", "BREW")


def value(random, offered, keys):
    """Return an odd value (text or bytes) for a field that offers `offered`; `keys` are those of anybody's rows."""
    kind = random.randrange(9)
    if kind == 0:
        return random.choice(NUMBERS)
    if kind == 1:
        return random.choice(DATES)
    if kind == 2:
        return random.choice(BYTES)
    if kind in {3, 4}:
        return str(random.choice(keys))
    if kind == 5 and offered:
        return str(random.choice(offered))
    return random.choice(TEXTS)


def file(random):
    """Return (name, bytes, content type) of an odd file."""
    makes = (_empty, _page, _zip, _program, _half_a_photo, _photo, _table, _sheet, _pdf)
    name = random.choice(
        ("a.pdf", "../../a.pdf", "a.csv", "a.xlsx", "a.ods", "a.exe\0.png", "x" * 300, "", f"{ECHO}.png")
    )
    kind = random.choice(("application/pdf", "image/png", "text/html", "text/csv", "", "a/b; charset=\xff"))
    return name, random.choice(makes)(random), kind


def urlencoded(pairs):
    """Return pairs of texts or bytes as a browser sends a form."""
    return b"&".join(b"=".join(quote_plus(_bytes(part)).encode() for part in pair) for pair in pairs)


def multipart(pairs, files):
    """Return pairs, and files as (field, name, bytes, type), as a browser sends a form with files."""
    parts = []
    for name, text in pairs:
        head = b'Content-Disposition: form-data; name="' + _line(name) + b'"'
        parts.append(head + b"\r\n\r\n" + _bytes(text))
    for field, name, content, kind in files:
        head = b'Content-Disposition: form-data; name="' + _line(field) + b'"; filename="' + _line(name) + b'"'
        parts.append(head + b"\r\nContent-Type: " + _line(kind) + b"\r\n\r\n" + content)
    edge = b"--" + BOUNDARY.encode()
    return b"".join(edge + b"\r\n" + part + b"\r\n" for part in parts) + edge + b"--\r\n"


def _bytes(part):
    return part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")


def _line(part):
    return _bytes(part).replace(b"\r", b"").replace(b"\n", b"").replace(b'"', b"%22")


def _empty(_random):
    return b""


def _page(_random):
    return f"<html><script>{ECHO}</script>".encode()


def _zip(_random):
    return b"PK\x03\x04" + bytes(999)


def _program(_random):
    return b"\x7fELF" + bytes(999)


def _photo(_random):
    return jpeg()


def _half_a_photo(_random):
    return jpeg()[:900]


def _pdf(_random):
    return b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 1 0 R>>\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def _table(random):
    table = io.StringIO()
    rows = csv.writer(table)
    rows.writerow(["Name", "Email", "Phone", "Role", random.choice(TEXTS)])
    for _row in range(random.randrange(5)):
        rows.writerow([random.choice(TEXTS + NUMBERS + DATES) for _cell in range(random.randrange(8))])
    return table.getvalue().encode("utf-8", "surrogatepass")


def _sheet(random):
    return random.choice(sorted(Path(PROJECT / "tests" / "data" / "imports").glob("*.*"))).read_bytes()
