"""The calendar part of a mail: one type, with its method, and an entry that says what was typed in any script."""

import datetime as dt
import email
from email.policy import default

import icalendar
import pytest
from django.core import mail as mails

from events.inviting import documents
from events.inviting.actions import invitations
from events.planning import actions as planning_actions
from people.messages import delivery
from people.messages.telling import tell
from tests import factories
from tests.helpers.calendars import LONDON, entry_of

NAMES = "陳大文, রহিমা বেগম; محمد علي\\ Łukasz 🦋"


def the_part(message):
    """The calendar part of a mail as it travels, and its file. Fails for one with a defect."""
    content = message.message().as_bytes()
    assert max(map(len, content.split(b"\n"))) <= 998
    (part,) = [
        each
        for each in email.message_from_bytes(content, policy=default).walk()
        if each.get_content_type() == "text/calendar"
    ]
    assert len(part.get_all("Content-Type")) == 1
    assert str(part["Content-Type"]).lower().count("charset") == 1
    assert not part.defects and not part["Content-Type"].defects
    assert part.get_filename() == "event.ics"
    return part, part.get_payload(decode=True)


@pytest.mark.parametrize(("status", "method"), [("planned", "PUBLISH"), ("held", "PUBLISH"), ("cancelled", "CANCEL")])
def test_a_calendar_part_is_read_by_calendars_whatever_its_names(db, status, method):
    programme = factories.a_programme(contact_name=NAMES)
    event = factories.an_event(
        programme,
        title=f"{NAMES} " * 3,
        purpose=f"{NAMES}\nSecond line, with; signs",
        venue_name=NAMES,
        status=status,
    )
    notice = tell(
        None,
        "account",
        key="k",
        to="ann@example.org",
        subject=NAMES,
        text=NAMES,
        html=f"<p>{NAMES}</p>",
        parts=[documents.calendar_part(factories.an_invitation(event))],
    )
    part, file = the_part(delivery.email_of(notice.messages.get()))
    assert part["Content-Type"].params == {"charset": "utf-8", "method": method}
    assert max(map(len, file.split(b"\r\n"))) <= 75
    assert b"\n" not in file.replace(b"\r\n", b"")
    title = f"Cancelled: {event.title}" if status == "cancelled" else event.title
    assert (entry_of(file).method, entry_of(file).summary) == (method, title)
    (entry,) = icalendar.Calendar.from_ical(file).walk("VEVENT")
    assert entry["description"].startswith(f"{NAMES}\nSecond line, with; signs")
    assert entry["organizer"].params["CN"] == NAMES


def test_what_arrives_of_an_event_is_one_entry_that_grows(event, member, staff, worker):
    with worker():
        invitations.invite(event=event, people=[member.person], by=staff)
    later = event.starts_at + dt.timedelta(days=1, hours=1)
    with worker():
        planning_actions.edit(event=event, by=staff, starts_at=later, ends_at=later + dt.timedelta(hours=2))
    with worker():
        planning_actions.cancel(event=event, by=staff)
    read = [the_part(message) for message in mails.outbox]
    entries = [entry_of(file) for _part, file in read]
    assert [part["Content-Type"].params["method"] for part, _file in read] == [entry.method for entry in entries]
    assert {entry.uid for entry in entries} == {f"event-{event.pk}@localhost"}
    assert [(entry.method, entry.sequence, entry.status, entry.summary) for entry in entries] == [
        ("PUBLISH", 0, "CONFIRMED", "Curry and co-production"),
        ("PUBLISH", 1, "CONFIRMED", "Curry and co-production"),
        ("CANCEL", 2, "CANCELLED", "Cancelled: Curry and co-production"),
    ]
    assert [(entry.starts, entry.ends) for entry in entries] == [
        ("2026-12-03 10:00 GMT", "2026-12-03 13:00 GMT"),
        ("2026-12-04 11:00 GMT", "2026-12-04 13:00 GMT"),
        ("2026-12-04 11:00 GMT", "2026-12-04 13:00 GMT"),
    ]


@pytest.mark.parametrize(
    ("starts", "ends", "read"),
    [
        ("2027-03-27T10:00+00:00", "2027-03-27T12:00+00:00", ("2027-03-27 10:00 GMT", "2027-03-27 12:00 GMT")),
        # Over the hour that is left out in March.
        ("2027-03-27T22:00+00:00", "2027-03-28T01:30+00:00", ("2027-03-27 22:00 GMT", "2027-03-28 02:30 BST")),
        ("2027-03-28T09:00+00:00", "2027-03-28T12:00+00:00", ("2027-03-28 10:00 BST", "2027-03-28 13:00 BST")),
        ("2027-07-01T09:00+00:00", "2027-07-01T12:00+00:00", ("2027-07-01 10:00 BST", "2027-07-01 13:00 BST")),
        # In and over the hour that comes twice in October.
        ("2027-10-31T00:30+00:00", "2027-10-31T01:30+00:00", ("2027-10-31 01:30 BST", "2027-10-31 01:30 GMT")),
        ("2027-10-30T21:00+00:00", "2027-10-31T02:00+00:00", ("2027-10-30 22:00 BST", "2027-10-31 02:00 GMT")),
        ("2027-10-31T10:00+00:00", "2027-10-31T12:00+00:00", ("2027-10-31 10:00 GMT", "2027-10-31 12:00 GMT")),
    ],
)
@pytest.mark.parametrize("status", ["planned", "cancelled"])
def test_three_calendars_read_the_same_times_over_a_change_of_clocks(programme, starts, ends, read, status):
    starts_at, ends_at = dt.datetime.fromisoformat(starts), dt.datetime.fromisoformat(ends)
    event = factories.an_event(
        programme, starts_at=starts_at.astimezone(LONDON), ends_at=ends_at.astimezone(LONDON), status=status
    )
    event.refresh_from_db()
    entry = entry_of(documents.calendar_file(event))
    assert (entry.starts, entry.ends) == read


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            lambda event, by: planning_actions.edit(event=event, by=by, venue_name="Another Hall"),
            "please check it there",
        ),
        (lambda event, by: planning_actions.cancel(event=event, by=by), "please check that it is gone"),
    ],
)
def test_no_message_promises_what_a_calendar_may_not_do(event, member, staff, worker, change, words):
    with worker():
        invitations.invite(event=event, people=[member.person], by=staff)
    with worker():
        change(event, staff)
    first, second = [mail.body + mail.alternatives[0][0] for mail in mails.outbox]
    assert "calendar" not in first
    assert second.count(words) == 2
    assert "by itself" in second or "yourself" in second


def test_the_page_that_cancels_an_event_says_what_a_calendar_may_not_do(as_staff, event, member, staff, worker):
    with worker():
        invitations.invite(event=event, people=[member.person], by=staff)
    page = as_staff.get(f"/events/{event.pk}/cancel/").text
    assert "Not every calendar takes the entry out by itself." in page
    assert "takes it out" not in page
