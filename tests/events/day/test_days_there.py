"""Recording on which days of an event somebody was there, and for how long."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from events.day import actions as day_actions
from events.day.balance import balance_of
from events.day.queries import attendance_rows
from events.models import Attendance, DayThere, DoorNote
from events.planning.transitions import EventError
from programmes.models import Role
from tests import factories as make
from tests.helpers.client import page_text
from tests.helpers.database import refused
from tests.helpers.events import members
from tests.helpers.residential import a_residential


@pytest.fixture
def residential(programme, staff):
    """Two days that are over, with two people who said they would come."""
    event = a_residential(programme, staff.person, days=-5)
    for person in members(programme, 2):
        make.an_invitation(event, person, reply="coming", replied_at=timezone.now() - dt.timedelta(days=9))
    return event


def recorded(person):
    return dict(DayThere.objects.filter(attendance__person=person).values_list("day", "hours"))


def test_the_page_asks_for_the_hours_of_each_day_and_nought_is_a_day_away(as_staff, residential, after_attendance):
    first, second = (invitation.person for invitation in residential.invitations.order_by("pk"))
    address = reverse("event_attendance", args=[residential.pk])
    assert "Each day is paid by itself" in page_text(as_staff.get(address))
    hours = {f"hours-{first.pk}-1": "", f"hours-{first.pk}-2": "", f"hours-{second.pk}-1": "1:30"}
    as_staff.post(address, {"tick": [first.pk, second.pk], **hours, f"hours-{second.pk}-2": "0"})
    assert recorded(first) == {1: Decimal(10), 2: Decimal(4)}
    assert recorded(second) == {1: Decimal("1.5")}
    assert dict(Attendance.objects.values_list("person", "hours")) == {
        first.pk: Decimal(14),
        second.pk: Decimal("1.5"),
    }
    form = as_staff.get(address).context["form"]
    shown = {name: form[name].value() for name in (f"hours-{second.pk}-1", f"hours-{second.pk}-2")}
    assert shown == {f"hours-{second.pk}-1": "1.5", f"hours-{second.pk}-2": "0"}
    assert form[f"hours-{first.pk}-1"].value() in {None, ""}


def test_who_was_there_on_no_day_is_refused_and_named(as_staff, residential, after_attendance):
    person = residential.invitations.first().person
    hours = {f"hours-{person.pk}-1": "0", f"hours-{person.pk}-2": "0"}
    page = page_text(as_staff.post(reverse("event_attendance", args=[residential.pk]), {"tick": [person.pk], **hours}))
    assert f"{person.full_name} has 0 hours on every day" in page
    assert not Attendance.objects.exists()


def test_a_correction_changes_the_days_and_saying_nothing_leaves_them(residential, staff, after_attendance):
    person = residential.invitations.first().person
    record = {"event": residential, "came": {person.pk}, "by": staff}
    day_actions.record(**record, days={person.pk: {1: Decimal(0)}})
    assert recorded(person) == {2: Decimal(4)}
    day_actions.record(**record)
    assert recorded(person) == {2: Decimal(4)}
    day_actions.record(**record, days={})
    assert recorded(person) == {1: Decimal(10), 2: Decimal(4)}
    other = residential.invitations.last().person
    day_actions.record(event=residential, came={other.pk}, days={}, by=staff)
    assert recorded(person) == {}


def test_an_event_of_one_day_keeps_no_days(past, staff, programme, after_attendance):
    person = members(programme, 1)[0]
    day_actions.record(event=past, came={person.pk}, by=staff)
    assert not DayThere.objects.exists()


def test_notes_at_the_door_say_who_was_there_on_which_day(residential, staff):
    first, second = (invitation.person for invitation in residential.invitations.order_by("pk"))
    morning = residential.starts_at
    noted = (
        (first, "arrived", morning),
        (second, "arrived", morning),
        (second, "left", morning + dt.timedelta(hours=3)),
    )
    for person, what, at in (*noted, (first, "arrived", morning + dt.timedelta(days=1))):
        DoorNote.objects.create(event=residential, person=person, what=what, at=at, noted_by=staff.person)
    days = {row.person: dict(row.days) for row in attendance_rows(residential)}
    assert days == {first: {1: None, 2: None}, second: {1: Decimal(3), 2: Decimal(0)}}


def test_the_database_refuses_a_day_without_hours_and_the_same_day_twice(residential, staff, after_attendance):
    person = residential.invitations.first().person
    day_actions.record(event=residential, came={person.pk}, by=staff)
    attendance = Attendance.objects.get(person=person)
    add = "INSERT INTO events_daythere (attendance_id, day, hours) VALUES (%s, %s, %s)"
    assert "a_day_there_has_hours" in refused(add, attendance.pk, 3, 0)
    assert "one_record_of_a_day_there" in refused(add, attendance.pk, 1, 2)


def test_somebody_of_another_programme_is_not_recorded_on_a_day(residential, staff):
    stranger = make.a_person()
    with pytest.raises(EventError, match="not in this programme"):
        day_actions.record(event=residential, came={stranger.pk}, days={stranger.pk: {1: Decimal(1)}}, by=staff)


def test_the_balance_counts_who_runs_an_event_and_who_else_is_coming(as_staff, event, programme, staff):
    helper, comer, other = members(programme, 3)
    partner = make.with_role(programme, Role.STAFF).person
    yes = {"reply": "coming", "replied_at": timezone.now()}
    make.an_invitation(event, helper, facilitates=True, **yes)
    make.an_invitation(event, comer, **yes)
    make.an_invitation(event, partner, **yes)
    make.an_invitation(event, other, facilitates=True, reply="not_coming", replied_at=timezone.now())
    counted = balance_of(event)
    assert [(part.value, number) for part, number in counted.running] == [("lived_experience", 1)]
    assert [(part.value, number) for part, number in counted.coming] == [("lived_experience", 1), ("staff", 1)]
    page = page_text(as_staff.get(event.get_absolute_url()))
    assert "<strong>Running it:</strong> 1 lived experience" in page
    assert "<strong>Coming:</strong> 1 lived experience, 1 staff" in page
