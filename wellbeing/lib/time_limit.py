"""Limit the processor time that a piece of work may take, where nobody can tell beforehand how long it will be."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

# A callback from C swallows what it raises, so the alarm is given again after this much more processor time.
AGAIN_SECONDS = 1


class TookTooLongError(Exception):
    """The work took more processor time than it may."""


class _Rang(BaseException):
    """Gets past `except Exception` in the work. Never leaves this module."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Let the block take at most `seconds` of this process's processor time. Raises TookTooLongError.

    Processor time, so that a busy machine does not stop healthy work. Signals reach only the main thread, which is
    where a worker's process does its work; in another thread there is no limit. Blocks cannot be nested.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    armed = True

    def ring(_number: int, _frame: FrameType | None) -> None:
        if armed:
            raise _Rang

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds, AGAIN_SECONDS)
    try:
        yield
    except _Rang:
        raise TookTooLongError from None
    finally:
        armed = False
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
