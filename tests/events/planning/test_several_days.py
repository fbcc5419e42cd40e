"""Events over several days: planned on one form, moved as one, said in words."""

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from events.inviting.documents import calendar_file
from events.models import Event
from events.planning import actions
from events.planning.transitions import EventError
from tests import factories as make
from tests.helpers.client import page_text
from tests.helpers.database import refused
from tests.helpers.events import a_date, filled, members
from tests.helpers.residential import a_residential
from wellbeing.lib.dates import day_and_times, long_date

FIRST = dt.date(2027, 1, 15)
SECOND = FIRST + dt.timedelta(days=1)
TWO_DAYS = {**a_date("day", FIRST), **a_date("reply_by", FIRST), **a_date("last_day", SECOND), "ends": "8pm"}


def test_a_last_day_asks_for_the_times_of_each_day_and_keeps_what_was_typed(as_staff, programme, staff):
    page = page_text(as_staff.post(reverse("event_new", args=[programme.slug]), filled(staff, **TWO_DAYS)))
    assert "Enter when it starts on Saturday 16 January 2027" in page
    assert "End time on Friday 15 January 2027" in page
    assert "1 Plain Street" in page
    assert not Event.objects.exists()


def test_an_event_over_a_night_is_planned_with_the_times_of_each_day(as_staff, programme, staff):
    values = filled(staff, **TWO_DAYS, starts_2="9am", ends_2="4pm")
    as_staff.post(reverse("event_new", args=[programme.slug]), values)
    event = Event.objects.get()
    assert [(day.date, day.starts, day.ends) for day in event.days] == [
        (FIRST, dt.time(10), dt.time(20)),
        (SECOND, dt.time(9), dt.time(16)),
    ]
    assert event.last_day == SECOND
    page = page_text(as_staff.get(reverse("event_edit", args=[event.pk])))
    assert 'value="9am"' in page
    assert "Start time on Saturday 16 January 2027" in page


@pytest.mark.parametrize(
    ("last", "words"),
    [
        (FIRST - dt.timedelta(days=1), "The last day must be after the first, Friday 15 January 2027"),
        (FIRST + dt.timedelta(days=14), "One event runs over 14 days or fewer"),
    ],
)
def test_a_last_day_that_makes_no_sense_is_refused(as_staff, programme, staff, last, words):
    values = filled(staff, **{**TWO_DAYS, **a_date("last_day", last)})
    assert words in page_text(as_staff.post(reverse("event_new", args=[programme.slug]), values))


def test_a_day_that_ends_before_it_starts_is_refused_beside_its_box(as_staff, programme, staff):
    values = filled(staff, **TWO_DAYS, starts_2="4pm", ends_2="9am")
    response = as_staff.post(reverse("event_new", args=[programme.slug]), values)
    assert response.context["form"].errors["ends_2"] == ["The end must be later than the start, 4pm."]


def test_one_day_stays_as_simple_as_it_was(as_staff, programme, staff):
    as_staff.post(reverse("event_new", args=[programme.slug]), filled(staff))
    event = Event.objects.get()
    assert (event.day_starts, event.day_ends, event.has_several_days) == ([], [], False)
    assert [(day.starts_at, day.ends_at) for day in event.days] == [(event.starts_at, event.ends_at)]


def test_days_that_do_not_follow_each_other_are_refused(programme, staff):
    event = a_residential(programme, staff.person)
    with pytest.raises(EventError, match="The days must follow each other") as refusal:
        actions.edit(event=event, by=staff, ends_at=event.ends_at + dt.timedelta(days=1))
    assert refusal.value.field == "last_day"
    with pytest.raises(EventError, match="Each day must end later"):
        actions.edit(event=event, by=staff, day_ends=[dt.time(9)])


def test_the_database_refuses_days_that_do_not_fill_their_event(programme):
    event = a_residential(programme)
    day = "UPDATE events_event SET {} WHERE id = %s"
    assert "from its first to its last" in refused(
        day.format("day_starts = '{09:00,09:00}', day_ends = '{20:00,20:00}'"), event.pk
    )
    assert "has a start and an end" in refused(day.format("day_ends = '{}'"), event.pk)
    assert "ends after it starts" in refused(day.format("day_ends = '{09:30}'"), event.pk)


def test_an_event_over_a_night_says_so_in_invitation_letter_text_and_calendar(programme, staff, worker):
    from events.inviting.actions import invitations

    event = a_residential(programme, staff.person, can_change="How letters are worded.", cannot_change="The money.")
    person = members(programme, 1, email="mo@example.org")[0]
    with worker():
        invitations.invite(event=event, people=[person], by=staff)
    span = day_and_times(event.starts_at, event.ends_at)
    last = long_date(event.last_day)
    assert f"to {last}, 1pm" in span
    notice = event.invitations.get().notice
    for words in (notice.text_body, notice.html_body, mail.outbox[0].body):
        assert span in words
        assert f"{last}, 9am to 1pm" in words
        assert "What can change: How letters are worded." in words.replace("</strong>", "")
    assert f"to {last.rpartition(' ')[0]}, 1pm" in notice.short
    calendar = calendar_file(event).decode().replace("\r\n ", "").replace("\\", "")
    assert f"{last}, 9am to 1pm" in calendar
    assert f"DTEND;TZID=Europe/London:{event.last_day:%Y%m%d}T130000" in calendar


def test_other_times_of_a_day_alone_are_told_with_what_they_were(programme, staff, worker):
    event = a_residential(programme, staff.person)
    person = members(programme, 1, email="mo@example.org")[0]
    make.an_invitation(event, person, reply="coming", replied_at=timezone.now(), invited_sequence=0)
    with worker():
        actions.edit(event=event, by=staff, day_ends=[dt.time(17)])
    assert "10am to 8pm" in mail.outbox[0].body
    assert "10am to 5pm" in mail.outbox[0].body


def test_what_can_and_cannot_change_is_on_the_pages_of_those_invited(client, programme, member):
    event = make.an_event(programme, days=10, can_change="How letters are worded.", cannot_change="The money.")
    invitation = make.an_invitation(event, member.person)
    reply = page_text(client.get(reverse("reply", args=[invitation.link_key])))
    client.force_login(member)
    for page in (reply, page_text(client.get(event.get_absolute_url()))):
        assert "How letters are worded." in page
        assert "The money." in page
