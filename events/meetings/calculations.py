"""Pure sums of an agenda: when each item begins, and where breaks are missing."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Length:
    """How long one line of an agenda takes, and whether it is a break."""

    minutes: int
    is_break: bool = False


@dataclass(frozen=True)
class Timetable:
    """When each line of an agenda starts, when the last one ends, how far past the end of the event that is, and the
    longest time without a break.
    """

    starts: list[dt.datetime]
    ends_at: dt.datetime
    over_minutes: int
    longest_stretch: int


def timetable(starts_at: dt.datetime, ends_at: dt.datetime, lengths: Sequence[Length]) -> Timetable:
    """Lay `lengths` one after the other from `starts_at`, against an event that ends at `ends_at`."""
    starts, now, stretch, longest = [], starts_at, 0, 0
    for length in lengths:
        starts.append(now)
        now += dt.timedelta(minutes=length.minutes)
        stretch = 0 if length.is_break else stretch + length.minutes
        longest = max(longest, stretch)
    over = int((now - ends_at).total_seconds() // 60)
    return Timetable(starts, now, max(over, 0), longest)


def breaks_before(minutes: Sequence[int], longest: int) -> list[int]:
    """Return before which of the items (by their place) a break is wanted, so that no stretch is over `longest`.

    An item that is longer by itself stands between two breaks.
    """
    places, stretch = [], 0
    for place, length in enumerate(minutes):
        if stretch and stretch + length > longest:
            places.append(place)
            stretch = 0
        stretch += length
    return places
