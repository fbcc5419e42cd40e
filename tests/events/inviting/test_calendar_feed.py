"""The secret address from which a calendar program reads the coming events of one person."""

import json
import re

import icalendar
import pytest
import vobject
from django.db import connection
from django.urls import reverse
from ical.calendar_stream import IcsCalendarStream

from events.models import CalendarFeed
from events.planning import actions as planning_actions
from tests import factories as make
from tests.helpers.client import page_text
from tests.helpers.database import queries_of


@pytest.fixture
def page(client, member):
    """Opens the page about the reader's calendar, and presses its buttons."""
    client.force_login(member)

    def open_page(press=""):
        if press:
            assert client.post(reverse(f"your_calendar_{press}")).url == reverse("your_calendar")
        return page_text(client.get(reverse("your_calendar")))

    return open_page


def address_on(text):
    return re.search(r"http://localhost:?\d*(/calendars/\S+/events\.ics)", text)[1]


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return response.content


def entries(file):
    """Return the events three programs read in the file, as (title, status) in order; fails where they differ."""
    first = [(str(one["SUMMARY"]), str(one["STATUS"])) for one in icalendar.Calendar.from_ical(file).walk("VEVENT")]
    (calendar,) = IcsCalendarStream.from_ics(file.decode()).calendars
    assert [(one.summary, one.status.value) for one in calendar.events] == first
    found = vobject.readOne(file.decode()).contents.get("vevent", [])
    assert [(one.summary.value, one.status.value) for one in found] == first
    return first


def test_a_person_makes_an_address_and_their_calendar_reads_it_without_signing_in(page, client, event, member):
    make.an_invitation(event, member.person)
    assert "Make my calendar address" in page()
    address = address_on(page("make"))
    client.logout()
    assert entries(read(client, address)) == [("Curry and co-production", "CONFIRMED")]


def test_it_has_what_is_to_come_and_says_what_is_cancelled(page, client, programme, event, past, member, staff):
    no = make.an_event(programme, staff.person, days=4, title="Not for me")
    off = make.an_event(programme, staff.person, days=5, title="Off")
    make.an_event(programme, staff.person, days=6, title="Not invited")
    elsewhere = make.an_event(programme, staff.person, days=7, title="Of another person")
    for each in (event, past, no, off):
        make.an_invitation(each, member.person)
    make.an_invitation(elsewhere)
    member.person.invitations.filter(event=no).update(reply="not_coming", replied_at=event.created_at)
    planning_actions.cancel(event=off, by=staff)
    assert entries(read(client, address_on(page("make")))) == [
        ("Cancelled: Off", "CANCELLED"),
        ("Curry and co-production", "CONFIRMED"),
    ]


def test_it_is_a_calendar_when_there_is_nothing(page, client):
    assert entries(read(client, address_on(page("make")))) == []


def test_it_holds_nothing_about_the_person(page, client, event, member):
    make.an_invitation(
        event,
        member.person,
        reply="coming",
        replied_at=event.created_at,
        access_needs="A step-free way in",
        question="Is there tea?",
    )
    file = read(client, address_on(page("make"))).decode()
    for words in ("step-free", "Is there tea", "Mina", "ATTENDEE", member.email, "/r/"):
        assert words not in file, words


def test_a_new_address_ends_the_one_before_and_stopping_ends_it_too(page, client):
    first = address_on(page("make"))
    second = address_on(page("make"))
    assert first != second
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    assert "/calendars/" not in page("stop")
    answer = client.get(second)
    assert answer.status_code == 404
    assert "does not work any more" in answer.text
    assert not CalendarFeed.objects.exists()


@pytest.mark.parametrize("key", ["x", "%00", "a" * 500])
def test_an_unknown_address_is_not_found(client, db, key):
    assert client.get(f"/calendars/{key}/events.ics").status_code == 404


def test_the_address_of_somebody_who_cannot_sign_in_any_more_is_closed(page, client, member):
    address = address_on(page("make"))
    member.is_active = False
    member.save()
    assert client.get(address).status_code == 404


def test_it_asks_the_database_as_often_for_many_events_as_for_one(page, client, programme, staff, member):
    address = address_on(page("make"))
    client.logout()
    counts = []
    for number in (1, 6):
        for day in range(number):
            make.an_invitation(make.an_event(programme, staff.person, days=10 * number + day), member.person)
        counts.append(len(queries_of(lambda: read(client, address))))
    assert counts[0] == counts[1]


def test_search_engines_and_caches_leave_it_alone(page, client):
    response = client.get(address_on(page("make")))
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response["Cache-Control"]


def test_the_history_says_that_it_was_made_and_ended_and_never_its_key(page):
    page("make")
    key = CalendarFeed.objects.get().key
    page("make")
    page("stop")
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(row), pgh_label FROM events_calendarfeedevent row ORDER BY pgh_id")
        rows = cursor.fetchall()
    assert [label for _row, label in rows] == ["insert", "update", "delete"]
    assert key not in json.dumps([row for row, _label in rows])
