"""Read a calendar file with three programs that know nothing of each other."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import vobject
from ical.calendar_stream import IcsCalendarStream

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Entry:
    """The one entry of a calendar file. Its times are those on a clock in London, as "2026-12-03 10:00"."""

    method: str
    uid: str
    sequence: int
    status: str
    summary: str
    starts: str
    ends: str


def _clock(moment):
    assert moment.utcoffset() is not None, "a time without a zone"
    return f"{moment.astimezone(LONDON):%Y-%m-%d %H:%M %Z}"


def _by_icalendar(file):
    calendar = icalendar.Calendar.from_ical(file)
    (entry,) = calendar.walk("VEVENT")
    return Entry(
        method=str(calendar["METHOD"]),
        uid=str(entry["UID"]),
        sequence=int(entry["SEQUENCE"]),
        status=str(entry["STATUS"]),
        summary=str(entry["SUMMARY"]),
        starts=_clock(entry.decoded("DTSTART")),
        ends=_clock(entry.decoded("DTEND")),
    )


def _by_ical(file):
    (calendar,) = IcsCalendarStream.from_ics(file.decode()).calendars
    (entry,) = calendar.events
    return Entry(
        method=str(calendar.method),
        uid=str(entry.uid),
        sequence=int(entry.sequence or 0),
        status=str(entry.status.value),
        summary=str(entry.summary),
        starts=_clock(entry.dtstart),
        ends=_clock(entry.dtend),
    )


def _by_vobject(file):
    # It takes the zone from the rules in the file itself.
    calendar: Any = vobject.readOne(file.decode())
    (entry,) = calendar.vevent_list
    return Entry(
        method=calendar.method.value,
        uid=entry.uid.value,
        sequence=int(entry.sequence.value),
        status=entry.status.value,
        summary=entry.summary.value,
        starts=_clock(entry.dtstart.value),
        ends=_clock(entry.dtend.value),
    )


def entry_of(file):
    """Return the Entry that all three read. Fails where they differ."""
    first, second, third = _by_icalendar(file), _by_ical(file), _by_vobject(file)
    assert first == second == third
    return first
