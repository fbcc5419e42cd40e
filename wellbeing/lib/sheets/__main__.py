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

from .reading import read
from .table import RefusedError


def main() -> None:
    limits.hold()
    asked, _end, content = sys.stdin.buffer.read().partition(b"\n")
    sys.stdout.buffer.write(BEGUN)
    sys.stdout.buffer.flush()
    answer: dict[str, Any]
    try:
        answer = {"verdict": "read", "table": asdict(read(content, **json.loads(asked)))}
    except RefusedError as refusal:
        answer = {"verdict": "refused", "code": refusal.code, "numbers": refusal.numbers}
    except MemoryError:
        answer = {"verdict": "refused", "code": "too_much", "numbers": {}}
    except ImportError as error:
        answer = {"verdict": "trouble", "why": str(error)}
    sys.stdout.buffer.write(json.dumps(answer).encode())


if __name__ == "__main__":
    main()
