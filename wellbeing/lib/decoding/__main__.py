"""Decode the file on standard input: `python -m wellbeing.lib.decoding < file > answer`.

The answer is one line of JSON, then the clean copy if there is one:
{"verdict": "clean", "kind": "JPEG" | "PDF", "look": difference hash or null, "memory": peak in bytes, "cpu": seconds},
{"verdict": "refused", "code": …, "numbers": {…}} or {"verdict": "trouble", "why": …} when the fault is not the file's.
"""

import json
import sys
import time

from . import limits
from .kinds import HEAD_BYTES, PDF, kind_of


def main():
    limits.hold()
    try:
        answer, copy = _answer(sys.stdin.buffer.read())
    except limits.Refused as refusal:
        answer, copy = {"verdict": "refused", "code": refusal.code, "numbers": refusal.numbers}, b""
    except MemoryError:
        answer, copy = {"verdict": "refused", "code": "too_much", "numbers": {}}, b""
    except ImportError as error:
        answer, copy = {"verdict": "trouble", "why": str(error)}, b""
    answer |= {"memory": peak_memory(), "cpu": time.process_time()}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + copy)
    sys.stdout.buffer.flush()


def _answer(content):
    kind = kind_of(content[:HEAD_BYTES])
    if not kind:
        raise limits.Refused("unknown")
    # Only what this kind needs is imported: it saves half of the time a small photo takes.
    if kind == PDF:
        from .pdf import clean_pdf

        copy, made, look = clean_pdf(content), PDF, None
    else:
        from .raster import clean_picture

        copy, made, look = clean_picture(content, kind)
    if len(copy) > limits.most_bytes(len(content)):
        raise limits.Refused("too_much")
    return {"verdict": "clean", "kind": made, "look": look}, copy


def peak_memory():
    """The most memory this process has had at once, in bytes; 0 where the system does not tell (not Linux)."""
    # getrusage would count the process that started this one, too.
    try:
        with open("/proc/self/status") as status:  # noqa: PTH123
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:"))
    except (OSError, StopIteration):
        return 0


if __name__ == "__main__":
    main()
