"""Decode the file on standard input: `python -m wellbeing.lib.decoding < file > answer`.

It writes BEGUN once it has what it needs: if it then ends without an answer, the file is to blame. The answer is one
line of JSON, then the clean copy if there is one:

{"verdict": "clean", "kind": "JPEG" | "PDF", "look": difference hash or null, "memory": peak in bytes, "cpu": seconds},
{"verdict": "refused", "code": …, "numbers": {…}} or {"verdict": "trouble", "why": …} when the fault is not the file's.
"""

import json
import sys
import time
from collections.abc import Callable
from typing import Any, TypeAlias

from . import limits
from .kinds import HEAD_BYTES, PDF, kind_of

BEGUN = b"begun\n"
# (copy, its kind, difference hash or None)
Clean: TypeAlias = tuple[bytes, str, int | None]


def main() -> None:
    limits.hold()
    try:
        clean = _decoder(content := sys.stdin.buffer.read())
        _say(BEGUN)
        answer, copy = _answer(content, clean)
    except limits.RefusedError as refusal:
        answer, copy = {"verdict": "refused", "code": refusal.code, "numbers": refusal.numbers}, b""
    except MemoryError:
        answer, copy = {"verdict": "refused", "code": "too_much", "numbers": {}}, b""
    except ImportError as error:
        answer, copy = {"verdict": "trouble", "why": str(error)}, b""
    answer |= {"memory": peak_memory(), "cpu": time.process_time()}
    _say(json.dumps(answer).encode() + b"\n" + copy)


def _say(output: bytes) -> None:
    sys.stdout.buffer.write(output)
    sys.stdout.buffer.flush()


def _decoder(content: bytes) -> Callable[[bytes], Clean]:
    """Return the function that cleans this kind of file. Raises RefusedError for no kind."""
    kind = kind_of(content[:HEAD_BYTES])
    if not kind:
        raise limits.RefusedError("unknown")
    # Only what this kind needs is imported: it saves half of the time a small photo takes.
    if kind == PDF:
        from .pdf import clean_pdf

        return lambda content: (clean_pdf(content), PDF, None)
    from .raster import clean_picture

    return lambda content: clean_picture(content, kind)


def _answer(content: bytes, clean: Callable[[bytes], Clean]) -> tuple[dict[str, Any], bytes]:
    copy, kind, look = clean(content)
    if len(copy) > limits.most_bytes(len(content)):
        raise limits.RefusedError("too_much")
    return {"verdict": "clean", "kind": kind, "look": look}, copy


def peak_memory() -> int:
    """Return the most memory this process has had at once, in bytes; 0 where the system does not tell (not Linux)."""
    # getrusage would count the process that started this one, too.
    try:
        with open("/proc/self/status") as status:  # noqa: PTH123
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:"))
    except (OSError, StopIteration):
        return 0


if __name__ == "__main__":
    main()
