"""Words that people read about a changed event: what it was when they were last told, and what it is now."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from events.inviting.actions import invitations
from events.inviting.changes import what_is_new
from events.models import Event, Invitation
from events.planning import actions as planning_actions
from events.planning import queries as planning_queries
from people.jobs import running
from people.jobs.models import Job
from people.models import Message, Notice
from tests.helpers.database import queries_of
from tests.helpers.events import members

HALL = "The Invented Hall"


@pytest.fixture
def invited(event, member, staff, worker):
    """An invitation that was sent."""
    with worker():
        invitations.invite(event=event, people=[member.person], by=staff)
    mail.outbox.clear()
    return Invitation.objects.get()


def words_of(message):
    """The plain text of a mail, and its page without the tags that stand inside a line."""
    page = message.alternatives[0][0]
    for tag in ("<strong>", "</strong>"):
        page = page.replace(tag, "")
    return message.body, page


def edit(event, staff, **changes):
    return planning_actions.edit(event=event, by=staff, **changes)


def test_a_new_time_place_and_link_are_told_with_what_they_were(invited, event, staff, worker):
    Invitation.objects.update(reply="coming", replied_at=timezone.now())
    with worker():
        edit(
            event,
            staff,
            starts_at=event.starts_at + dt.timedelta(days=1, hours=1),
            ends_at=event.ends_at + dt.timedelta(days=1),
            venue_name="The Barn & Byre",
            venue_address="1 Plain Street\nSampleton",
            online_link="https://meet.example.org/curry",
        )
    (message,) = mail.outbox
    text, page = words_of(message)
    for words in (
        "Before: Thursday 3 December 2026, 10am to 1pm",
        "Now: Friday 4 December 2026, 11am to 1pm",
        f"Before: {HALL}",
        "Before: No link",
        "Now: https://meet.example.org/curry",
    ):
        assert text.count(words) == page.count(words) == 1, words
    assert "Now: The Barn & Byre, 1 Plain Street, Sampleton" in text
    assert "Now: The Barn &amp; Byre, 1 Plain Street, Sampleton" in page
    assert "as it is" not in text and "{{" not in text + page


def test_only_what_is_new_is_told_as_new(invited, event, staff, worker):
    with worker():
        edit(event, staff, venue_name="Another Hall", title="Dosa and co-production")
    text, page = words_of(mail.outbox[0])
    assert text.count("Before:") == page.count("Before:") == 1
    assert "Day and time" not in text + page and "Link to join online" not in text + page


def test_a_day_that_moves_online_says_so(invited, event, staff, worker):
    with worker():
        edit(event, staff, venue_name="", online_link="https://meet.example.org/curry")
    text, _page = words_of(mail.outbox[0])
    assert f"Place\nBefore: {HALL}\nNow: Online only" in text


def test_two_changes_before_a_worker_runs_are_told_as_one(invited, event, staff, worker):
    with worker():
        edit(event, staff, venue_name="Another Hall")
        edit(event, staff, venue_name="A Third Hall", online_link="https://meet.example.org/curry")
    (message,) = mail.outbox
    text, page = words_of(message)
    assert "Another Hall" not in text + page
    assert f"Before: {HALL}\nNow: A Third Hall" in text
    assert "Before: No link" in text


def test_a_change_taken_back_before_a_worker_runs_is_not_told(invited, event, staff, worker):
    with worker():
        edit(event, staff, venue_name="Another Hall")
        edit(event, staff, venue_name=HALL)
    assert mail.outbox == []
    assert list(Notice.objects.values_list("kind", flat=True)) == ["invitation"]
    with worker():
        edit(event, staff, venue_name="A Third Hall")
    assert f"Before: {HALL}" in mail.outbox[0].body


def moved_but_not_sent(event, staff):
    """Move the event to another hall. Return the Message about it, which is written and waits."""
    edit(event, staff, venue_name="Another Hall")
    running.run(Job.objects.get(kind=planning_actions.CHANGED).pk)
    message = Message.objects.get(notice__kind="event_changed")
    assert message.status == Message.Status.WAITING
    return message


def test_a_message_that_has_not_gone_gives_way_to_a_newer_one(invited, event, staff, worker):
    first = moved_but_not_sent(event, staff)
    with worker():
        edit(event, staff, venue_name="A Third Hall")
    first.refresh_from_db()
    assert first.status == Message.Status.CANCELLED
    (message,) = mail.outbox
    assert "Another Hall" not in message.body
    assert f"Before: {HALL}\nNow: A Third Hall" in message.body


def test_a_message_that_has_not_gone_gives_way_to_the_news_that_all_is_off(invited, event, staff, worker):
    first = moved_but_not_sent(event, staff)
    with worker():
        planning_actions.cancel(event=event, by=staff)
    first.refresh_from_db()
    assert first.status == Message.Status.CANCELLED
    assert [message.subject.split(":")[0] for message in mail.outbox] == ["Cancelled"]


def test_each_person_reads_what_they_themselves_were_told(programme, event, staff, worker):
    first, second = members(programme, 2)
    with worker():
        invitations.invite(event=event, people=[first], by=staff)
    with worker():
        edit(event, staff, venue_name="Another Hall")
    with worker():
        invitations.invite(event=event, people=[second], by=staff)
    # One who said no hears of no change, and then thinks better of it.
    invitation = Invitation.objects.get(person=first)
    invitations.reply(invitation=invitation, reply="not_coming", by=None)
    with worker():
        edit(event, staff, venue_name="A Third Hall")
    invitations.reply(invitation=invitation, reply="coming", by=None)
    mail.outbox.clear()
    with worker():
        edit(event, staff, venue_name="A Fourth Hall")
    read = {message.to[0]: message.body for message in mail.outbox}
    assert "Before: Another Hall\nNow: A Fourth Hall" in read[first.email]
    assert "Before: A Third Hall\nNow: A Fourth Hall" in read[second.email]


def test_somebody_of_whom_it_is_not_known_reads_how_it_is_now(event, member, staff, worker):
    invitation = Invitation.objects.create(event=event, person=member.person, invited_by=staff.person)
    invitations.reply(invitation=invitation, reply="coming", by=None)
    with worker():
        edit(event, staff, venue_name="Another Hall")
    (message,) = mail.outbox
    assert "Before:" not in message.body and "This is how it is now." in message.body
    with worker():
        edit(event, staff, venue_name="A Third Hall")
    assert "Before: Another Hall" in mail.outbox[1].body


def test_work_that_is_done_again_writes_nothing_twice_and_takes_nothing_back(invited, event, staff, programme):
    # Nobody has told this one of the event: they are invited anew.
    (late,) = members(programme, 1)
    invitations.invite(event=event, people=[late], by=staff)
    running.run(Job.objects.get(kind=invitations.INVITATIONS, status=Job.Status.WAITING).pk)
    edit(event, staff, venue_name="Another Hall")
    job = Job.objects.get(kind=planning_actions.CHANGED)
    running.run(job.pk)
    messages = Message.objects.order_by("pk").values_list("notice__kind", "notice__person", "status")
    written = list(messages)
    assert written == [
        ("invitation", invited.person_id, "sent"),
        ("invitation", late.pk, "cancelled"),
        ("invitation", late.pk, "waiting"),
        ("event_changed", invited.person_id, "waiting"),
    ]
    Job.objects.filter(pk=job.pk).update(status=Job.Status.WAITING, finished_at=None)
    running.run(job.pk)
    assert Job.objects.get(pk=job.pk).status == Job.Status.DONE
    assert list(messages.all()) == written


def test_an_event_is_told_as_its_history_has_it(event, staff):
    for name in ("Another Hall", "A Third Hall"):
        edit(event, staff, venue_name=name)
    edit(event, staff, title="Dosa")
    rows = planning_queries.as_it_was(event, [0, 1, 2, 7])
    assert {number: row.venue_name for number, row in rows.items()} == {0: HALL, 1: "Another Hall", 2: "A Third Hall"}
    assert rows[0].starts_at == event.starts_at
    [change] = what_is_new(rows[0], Event.objects.get(), with_link=True)
    assert (change.label, change.before, change.now) == ("Place", HALL, "A Third Hall")
    assert len(queries_of(lambda: planning_queries.as_it_was(event, [0, 1, 2, 7]))) == 1


def test_staff_read_who_will_be_told(as_staff, event, invited):
    page = as_staff.get(f"/events/{event.pk}/edit/").text
    assert "we will tell them what has changed, in the way they chose." in page
    assert "those who had replied are asked again" in page
