"""The clock of the tests: it shows one Monday morning, whatever day it is, and goes on from there."""

import datetime as dt
from zoneinfo import ZoneInfo

import time_machine

MONDAY = dt.datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Europe/London"))
# How far the clock is put back: the same for all tests of a process, so that nothing they share lies in the future.
BEHIND = dt.datetime.now(dt.UTC) - MONDAY
# A browser has a clock of its own; it would not keep cookies that are days old.
BROWSERS = {"browser", "context", "live_server", "page"}


def is_real(item):
    """Return whether `item`, a pytest item, runs by the real clock: marked `real_clock`, a journey, or in a browser."""
    return bool(
        item.get_closest_marker("real_clock") or "journeys" in item.path.parts or BROWSERS & set(item.fixturenames)
    )


def monday():
    """Return what puts the clock to Monday, where the tests before this one have left it."""
    return time_machine.travel(dt.datetime.now(dt.UTC) - BEHIND, tick=True)


def start(item):
    """Put the clock back for `item`, before anything of it begins."""
    item.clock = None
    if not is_real(item):
        item.clock = monday()
        item.clock.start()


def stop(item):
    """Put the clock right again after `item`."""
    if item.clock:
        item.clock.stop()
