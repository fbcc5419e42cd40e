"""Make calendar files (RFC 5545, RFC 5546): an event as an entry for somebody's calendar."""

import datetime as dt
from collections.abc import Iterable
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import icalendar
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from events.inviting.models import Invitation
from events.planning.models import Event
from wellbeing.lib.dates import day_and_times

LONDON = ZoneInfo("Europe/London")
# Since 1996 clocks change at 1am UTC on the last Sundays of March and October.
_CHANGES = (
    # Local times, as the format wants them: no zone.
    ("STANDARD", dt.datetime(1996, 10, 27, 2), "GMT", dt.timedelta(hours=1), dt.timedelta(0), 10),  # noqa: DTZ001
    ("DAYLIGHT", dt.datetime(1996, 3, 31, 1), "BST", dt.timedelta(0), dt.timedelta(hours=1), 3),  # noqa: DTZ001
)


def calendar_method(event: Event) -> str:
    """Return what a calendar file about the event is for: "CANCEL" once it was cancelled, "PUBLISH" before."""
    return "CANCEL" if event.status == Event.Status.CANCELLED else "PUBLISH"


def calendar_file(event: Event, *, with_link: bool = False) -> bytes:
    """Return the event as an .ics file; `with_link` says whether it has the link to join online.

    PUBLISH and not REQUEST: mail programs put Yes and No buttons on a REQUEST, and people who press one believe they
    have replied, when only the personal link is a reply. It holds nothing about the person invited, because calendars
    are often shared. The UID never changes, so that a file with a higher SEQUENCE can replace the entry. Not every
    program does so by itself, or takes out what was cancelled: then the title, at least, says that it was.
    """
    return _calendar([(event, with_link)], method=calendar_method(event))


def calendar_of(events: Iterable[tuple[Event, bool]]) -> bytes:
    """Return events as one .ics file that a calendar program reads again and again; those cancelled say so.

    Each event comes with whether its entry has the link to join online.
    """
    return _calendar(events, method="PUBLISH")


def calendar_type(event: Event) -> str:
    """Return the content type of the .ics file."""
    return f"text/calendar; charset=utf-8; method={calendar_method(event)}"


def calendar_part(invitation: Invitation) -> tuple[str, str, bytes]:
    """Return the .ics file as a part of a message to the person invited: (name, content type, bytes).

    The link to join online is in it for those who said that they come.
    """
    event = invitation.event
    return "event.ics", calendar_type(event), calendar_file(event, with_link=invitation.may_join)


def _calendar(events: Iterable[tuple[Event, bool]], *, method: str) -> bytes:
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//{settings.SERVICE_NAME}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(_london())
    for event, with_link in events:
        calendar.add_component(_entry(event, event.online_link if with_link else ""))
    return calendar.to_ical()


def _entry(event: Event, link: str) -> icalendar.Event:
    cancelled = event.status == Event.Status.CANCELLED
    entry = icalendar.Event()
    entry.add("uid", f"event-{event.pk}@{urlsplit(settings.SITE_URL).hostname}")
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", timezone.now().astimezone(dt.UTC))
    entry.add("dtstart", _written(event.starts_at))
    entry.add("dtend", _written(event.ends_at))
    entry.add("summary", _("Cancelled: %s") % event.title if cancelled else event.title)
    parts = (event.purpose, _days_in_words(event), link)
    entry.add("description", "\n\n".join(part for part in parts if part))
    entry.add("location", ", ".join(event.place_lines) or link or _("Online"))
    if link:
        entry.add("url", link)
    organiser = icalendar.vCalAddress(f"mailto:{event.programme.contact_email}")
    organiser.params["CN"] = icalendar.vText(event.programme.contact_name)
    entry["organizer"] = organiser
    entry.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    return entry


def _days_in_words(event: Event) -> str:
    """Return the times of each day of an event over several days, a line each; "" for one day."""
    if not event.has_several_days:
        return ""
    return "\n".join(day_and_times(day.starts_at, day.ends_at) for day in event.days)


def _written(moment: dt.datetime) -> dt.datetime:
    """Return a moment as an entry has it: in London; in UTC in the hour that comes again when clocks go back.

    A local time that comes twice is read as the first of the two (RFC 5545, 3.3.5).
    """
    local = moment.astimezone(LONDON)
    return moment.astimezone(dt.UTC) if local.fold else local


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
