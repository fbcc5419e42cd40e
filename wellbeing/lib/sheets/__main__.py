"""Read the spreadsheet on standard input: `python -m wellbeing.lib.sheets < file > answer`.

The first line of the input is JSON with what is asked: {"most_rows": …, "sheet": …, "encoding": …, "separator": …}.
It writes BEGUN once it has what it needs: if it then ends without an answer, the file is to blame. The answer is JSON:
{"verdict": "read", "table": {…}}, {"verdict": "refused", "code": …, "numbers": {…}}, or {"verdict": "trouble"} when
the fault is not the file's.
"""

import json
import sys
from dataclasses import asdict
from typing import Any

from wellbeing.lib.decoding import limits
from wellbeing.lib.decoding.__main__ import BEGUN

from .books import OLE, ZIP, read_book
from .table import RefusedError, Table
from .text import read_text

# First bytes of files that are sent by mistake: PDFs, pictures, pages saved from the web.
_OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf")


def main() -> None:
    limits.hold()
    asked, _end, content = sys.stdin.buffer.read().partition(b"\n")
    sys.stdout.buffer.write(BEGUN)
    sys.stdout.buffer.flush()
    answer: dict[str, Any]
    try:
        answer = {"verdict": "read", "table": asdict(_read(content, **json.loads(asked)))}
    except RefusedError as refusal:
        answer = {"verdict": "refused", "code": refusal.code, "numbers": refusal.numbers}
    except MemoryError:
        answer = {"verdict": "refused", "code": "too_much", "numbers": {}}
    except ImportError as error:
        answer = {"verdict": "trouble", "why": str(error)}
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _read(content: bytes, most_rows: int, sheet: int | None, encoding: str, separator: str) -> Table:
    head = content[:512].lstrip().lower()
    if content.startswith(ZIP):
        table = read_book(content, most_rows, sheet)
    elif content.startswith(OLE):
        raise RefusedError("old_or_locked")
    elif head.startswith((b"<html", b"<!doctype html", b"<?xml", b"<table")):
        raise RefusedError("web_page")
    elif content.startswith(_OTHERS):
        raise RefusedError("unknown")
    else:
        table = read_text(content, most_rows, encoding, separator)
    if not any(any(row) for row in table.rows):
        raise RefusedError("empty")
    return table


if __name__ == "__main__":
    main()
