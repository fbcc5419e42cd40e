"""Limit how long a piece of work may take, where nobody can tell beforehand how long it will be."""

import contextvars
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

R = TypeVar("R")

# A callback from C, or of the search for garbage, swallows what it raises: the alarm is given again until it is heard,
# each time after this much more processor time.
AGAIN_SECONDS = 0.1


class TookTooLongError(Exception):
    """The work took longer than it may."""


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
    armed, rang = True, False

    def ring(_number: int, _frame: FrameType | None) -> None:
        nonlocal rang
        if armed:
            rang = True
            raise _Rang

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds, AGAIN_SECONDS)
    try:
        try:
            yield
        finally:
            armed = False
    except _Rang:
        # From the block, or between its end and the line above.
        raise TookTooLongError from None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    # The work swallowed the alarm, and with it whatever it did at that moment.
    if rang:
        raise TookTooLongError


def within(seconds: float, ask: Callable[[], R]) -> R:
    """Call `ask`, which waits for another machine, and return its answer. Raises TookTooLongError after `seconds`.

    The limits of sockets count from one byte to the next: a server that sends one now and then would hold its caller
    for as long as it likes, and looking up its name knows no limit at all. So `ask` runs in a thread of its own, which
    is left behind when the time is over, and must not touch the database: a thread has a connection of its own.
    """
    answers: list[R] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            answers.append(ask())
        except BaseException as error:
            errors.append(error)

    # With the request id, so that the log ties its lines together.
    thread = threading.Thread(target=contextvars.copy_context().run, args=(run,), daemon=True)
    thread.start()
    thread.join(seconds)
    if errors:
        raise errors[0]
    if not answers:
        raise TookTooLongError
    return answers[0]
