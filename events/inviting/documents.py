"""Make calendar files (RFC 5545, RFC 5546): an event as an entry for somebody's calendar."""

import datetime as dt
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import icalendar
from django.conf import settings
from django.utils import timezone

from events.planning.models import Event

LONDON = ZoneInfo("Europe/London")
# Since 1996 clocks change at 1am UTC on the last Sundays of March and October.
_CHANGES = (
    # Local times, as the format wants them: no zone.
    ("STANDARD", dt.datetime(1996, 10, 27, 2), "GMT", dt.timedelta(hours=1), dt.timedelta(0), 10),  # noqa: DTZ001
    ("DAYLIGHT", dt.datetime(1996, 3, 31, 1), "BST", dt.timedelta(0), dt.timedelta(hours=1), 3),  # noqa: DTZ001
)


def calendar_file(event: Event, *, method: str) -> bytes:
    """Return the event as an .ics file. `method` is "PUBLISH" or "CANCEL".

    PUBLISH and not REQUEST: mail programs put Yes and No buttons on a REQUEST, and people who press one believe they
    have replied, when only the personal link is a reply. It holds nothing about the person invited, because calendars
    are often shared. The UID never changes, so a later file with a higher SEQUENCE replaces the entry.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//{settings.SERVICE_NAME}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(_london())
    entry = icalendar.Event()
    entry.add("uid", f"event-{event.pk}@{urlsplit(settings.SITE_URL).hostname}")
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", timezone.now().astimezone(dt.UTC))
    entry.add("dtstart", event.starts_at.astimezone(LONDON))
    entry.add("dtend", event.ends_at.astimezone(LONDON))
    entry.add("summary", event.title)
    entry.add("description", "\n\n".join(part for part in (event.purpose, event.online_link) if part))
    entry.add("location", ", ".join(event.place_lines) or event.online_link)
    if event.online_link:
        entry.add("url", event.online_link)
    organiser = icalendar.vCalAddress(f"mailto:{event.programme.contact_email}")
    organiser.params["CN"] = icalendar.vText(event.programme.contact_name)
    entry["organizer"] = organiser
    entry.add("status", "CANCELLED" if event.status == Event.Status.CANCELLED else "CONFIRMED")
    calendar.add_component(entry)
    return calendar.to_ical()


def calendar_part(event: Event, *, method: str) -> tuple[str, str, bytes]:
    """Return the .ics file as a part of a message: (name, content type, bytes)."""
    return "event.ics", f"text/calendar; charset=utf-8; method={method}", calendar_file(event, method=method)


def _london() -> icalendar.Timezone:
    zone = icalendar.Timezone()
    zone.add("tzid", "Europe/London")
    for name, starts, short, before, after, month in _CHANGES:
        part = icalendar.TimezoneStandard() if name == "STANDARD" else icalendar.TimezoneDaylight()
        part.add("dtstart", starts)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1SU"})
        part.add("tzname", short)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        zone.add_component(part)
    return zone
