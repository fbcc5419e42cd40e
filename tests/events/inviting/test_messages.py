"""Tests of what is written to people about events, part by part."""

import datetime as dt
import email
from email import policy
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import timezone
from icalendar import Calendar

from events.inviting.actions import invitations
from events.inviting.documents import calendar_file
from events.models import Invitation
from events.planning import actions as planning_actions
from people.models import Notice
from tests import factories as make
from wellbeing.lib import phones

LONDON = ZoneInfo("Europe/London")


def parts_of(message):
    """A sent message as it travels: {content type: text} and its Message object."""
    parsed = email.message_from_bytes(message.message().as_bytes(), policy=policy.default)
    return {part.get_content_type(): part for part in parsed.walk()}, parsed


def entry_of(message):
    parts, _parsed = parts_of(message)
    part = parts["text/calendar"]
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    return part, calendar, calendar.walk("VEVENT")[0]


@pytest.fixture
def invitation(event, member, staff, worker, offer):
    """An invitation that was sent."""
    member.person.known_as = "Min"
    member.person.save()
    with worker():
        invitations.invite(event=event, people=[member.person], by=staff)
    return Invitation.objects.get()


def test_the_invitation_says_everything_in_text_and_in_html(settings, invitation, event, offer):
    message = mail.outbox[0]
    parts, parsed = parts_of(message)
    link = f"{settings.SITE_URL}/r/{invitation.link_key}/"
    assert parsed["Subject"].startswith("You are invited: Curry and co-production, ")
    assert parsed["Reply-To"] == event.programme.contact_email
    text = parts["text/plain"].get_content()
    html = parts["text/html"].get_content()
    for words in (
        "Hello Min,",
        "To shape what we do together.",
        "The Invented Hall",
        "10am to 1pm",
        offer.time,
        offer.expenses[0],
        offer.when_paid,
        link,
        event.programme.contact_name,
        phones.shown(event.programme.contact_phone),
        event.programme.contact_email,
    ):
        assert words in text, words
        assert words in html, words
    assert "{{" not in text + html
    assert "&amp;" not in text
    assert "\n\n\n" not in text


def test_names_with_signs_of_html_do_no_harm(programme, staff, member, worker):
    event = make.an_event(programme, staff.person, days=10, title="Tea & <b>cake</b>", purpose='To say "we\'re here"')
    with worker():
        invitations.invite(event=event, people=[member.person], by=staff)
    parts, parsed = parts_of(mail.outbox[0])
    assert "Tea & <b>cake</b>" in parsed["Subject"]
    assert 'To say "we\'re here"' in parts["text/plain"].get_content()
    assert "<b>cake</b>" not in parts["text/html"].get_content()


def test_a_person_who_is_not_paid_reads_nothing_of_pay(programme, staff, event, worker, offer):
    with worker():
        invitations.invite(event=event, people=[staff.person], by=staff)
    assert "WHAT WE PAY" not in mail.outbox[0].body


def test_the_calendar_part_is_a_plain_entry_for_the_right_time(settings, invitation, event):
    part, calendar, entry = entry_of(mail.outbox[0])
    assert part["Content-Type"].params["method"] == "PUBLISH"
    assert calendar["METHOD"] == "PUBLISH"
    assert entry.decoded("DTSTART") == event.starts_at
    assert entry.decoded("DTEND") == event.ends_at
    assert entry["DTSTART"].params["TZID"] == "Europe/London"
    assert entry["UID"] == f"event-{event.pk}@localhost"
    assert entry["SEQUENCE"] == 0
    assert entry["STATUS"] == "CONFIRMED"
    assert "The Invented Hall" in entry["LOCATION"]
    assert entry["ORGANIZER"] == f"mailto:{event.programme.contact_email}"
    assert "ATTENDEE" not in entry


def test_a_change_and_a_cancellation_carry_the_same_entry_with_a_higher_number(invitation, event, staff, worker):
    with worker():
        planning_actions.edit(event=event, by=staff, venue_name="Another Hall")
    with worker():
        planning_actions.cancel(event=event, by=staff, reason="A flood.")
    first, second, third = (entry_of(message) for message in mail.outbox)
    assert [calendar["METHOD"] for _part, calendar, _entry in (first, second, third)] == [
        "PUBLISH",
        "PUBLISH",
        "CANCEL",
    ]
    assert len({entry["UID"] for _part, _calendar, entry in (first, second, third)}) == 1
    assert [entry["SEQUENCE"] for _part, _calendar, entry in (first, second, third)] == [0, 1, 2]
    assert third[2]["STATUS"] == "CANCELLED"
    assert third[0]["Content-Type"].params["method"] == "CANCEL"


@pytest.mark.parametrize(
    ("day", "offset"),
    [
        (dt.date(2027, 3, 27), 0),
        (dt.date(2027, 3, 28), 1),
        (dt.date(2027, 10, 30), 1),
        (dt.date(2027, 10, 31), 0),
    ],
)
def test_the_file_knows_when_the_clocks_change(programme, day, offset):
    starts = dt.datetime.combine(day, dt.time(10), tzinfo=LONDON)
    event = make.an_event(programme, starts_at=starts, ends_at=starts + dt.timedelta(hours=3))
    calendar = Calendar.from_ical(calendar_file(event))
    entry = calendar.walk("VEVENT")[0]
    assert entry["DTSTART"].to_ical().decode() == f"{day:%Y%m%d}T100000"
    # By the rules the file itself brings, for programs that do not know London.
    zone = calendar.walk("VTIMEZONE")[0].to_tz()
    local = dt.datetime.combine(day, dt.time(10), tzinfo=zone)
    assert local.utcoffset() == dt.timedelta(hours=offset)


def test_an_online_event_says_how_to_join(programme, staff, member, worker):
    event = make.an_event(programme, staff.person, days=10, venue_name="", online_link="https://meet.example.org/curry")
    with worker():
        [invitation] = invitations.invite(event=event, people=[member.person], by=staff)
    assert "https://meet.example.org" not in str(mail.outbox[0].message())
    assert "To join online, tell us that you come. We then send you the link." in mail.outbox[0].body
    with worker():
        invitations.reply(invitation=invitation, reply="coming", by=None)
    assert "Join online: https://meet.example.org/curry" in mail.outbox[1].body
    entries = [entry_of(message)[2] for message in mail.outbox]
    assert [entry["LOCATION"] for entry in entries] == ["Online", "https://meet.example.org/curry"]


def test_every_message_has_all_its_parts(event, staff, invitation, worker):
    with worker():
        planning_actions.edit(event=event, by=staff, venue_name="Another Hall")
    with worker():
        invitations.reply(invitation=invitation, reply="coming", question="Is there tea?", by=staff)
    with worker():
        invitations.answer(invitation=invitation, answer="There is.", by=staff)
    with worker():
        planning_actions.cancel(event=event, by=staff)
    assert list(Notice.objects.order_by("pk").values_list("kind", flat=True)) == [
        "invitation",
        "event_changed",
        "reply_taken",
        "answer",
        "event_cancelled",
    ]
    for message in Notice.objects.all():
        assert message.subject
        assert "Hello Min," in message.text_body
        assert "Hello Min," in message.html_body
        assert message.reply_to == event.programme.contact_email
        assert "{{" not in message.text_body + message.html_body


def test_a_greeting_uses_the_first_name_when_no_other_is_known(programme, staff, event, worker):
    person = make.a_person("Mohammed Al-Example")
    person.memberships.create(programme=programme, role="lived_experience", starts_on=timezone.localdate())
    with worker():
        invitations.invite(event=event, people=[person], by=staff)
    assert "Hello Mohammed," in mail.outbox[0].body
