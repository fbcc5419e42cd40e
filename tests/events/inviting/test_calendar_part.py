"""The calendar part of a mail: one type, with its method, and an entry that says what was typed in any script."""

import email
from email.policy import default

import icalendar
import pytest

from events.inviting import documents
from people.messages import delivery, outbox
from people.models import Message
from tests import factories

NAMES = "陳大文, রহিমা বেগম; محمد علي\\ Łukasz 🦋"


@pytest.mark.parametrize("method", ["PUBLISH", "CANCEL"])
def test_a_calendar_part_is_read_by_calendars_whatever_its_names(db, method):
    programme = factories.a_programme(contact_name=NAMES)
    event = factories.an_event(
        programme, title=f"{NAMES} " * 3, purpose=f"{NAMES}\nSecond line, with; signs", venue_name=NAMES
    )
    message = outbox.enqueue(
        key="k",
        kind="invitation",
        to="ann@example.org",
        subject=NAMES,
        text=NAMES,
        html=f"<p>{NAMES}</p>",
        parts=[documents.calendar_part(event, method=method)],
    )
    content = delivery.email_of(Message.objects.prefetch_related("parts").get(pk=message.pk)).message().as_bytes()
    assert max(map(len, content.split(b"\n"))) <= 998
    mail = email.message_from_bytes(content, policy=default)
    (part,) = [each for each in mail.walk() if each.get_content_type() == "text/calendar"]
    assert part["Content-Type"].params == {"charset": "utf-8", "method": method}
    assert str(part["Content-Type"]).lower().count("charset") == 1
    assert part.get_filename() == "event.ics"
    assert not part.defects and not part["Content-Type"].defects
    file = part.get_payload(decode=True)
    assert max(map(len, file.split(b"\r\n"))) <= 75
    assert b"\n" not in file.replace(b"\r\n", b"")
    calendar = icalendar.Calendar.from_ical(file)
    (entry,) = calendar.walk("VEVENT")
    assert calendar["method"] == method
    assert entry["summary"] == event.title
    assert entry["description"].startswith(f"{NAMES}\nSecond line, with; signs")
    assert entry["organizer"].params["CN"] == NAMES
