"""Recording for how long somebody was there."""

from decimal import Decimal

import pytest
from django.urls import reverse

from events.day import actions as day_actions
from events.models import Attendance
from tests import factories as make
from tests.helpers.database import refused
from tests.helpers.events import members


@pytest.fixture
def there(programme, past):
    """Two people who were invited to the event that is over."""
    people = members(programme, 2)
    for person in people:
        make.an_invitation(past, person)
    return people


def recorded():
    return dict(Attendance.objects.values_list("person", "hours"))


def test_hours_are_recorded_put_right_and_kept(past, staff, there, after_attendance):
    first, second = there
    day_actions.record(event=past, came={first.pk, second.pk}, hours={first.pk: Decimal(1)}, by=staff)
    assert recorded() == {first.pk: Decimal(1), second.pk: None}
    day_actions.record(event=past, came={first.pk, second.pk}, by=staff)
    assert recorded()[first.pk] == Decimal(1), "who says nothing about hours leaves them"
    day_actions.record(event=past, came={first.pk, second.pk}, hours={second.pk: Decimal("2.5")}, by=staff)
    assert recorded() == {first.pk: None, second.pk: Decimal("2.5")}


def test_somebody_who_did_not_come_has_no_hours(past, staff, there, after_attendance):
    first, second = there
    day_actions.record(event=past, came={first.pk}, hours={first.pk: Decimal(1), second.pk: Decimal(1)}, by=staff)
    day_actions.record(event=past, came={second.pk}, by=staff)
    assert recorded() == {first.pk: None, second.pk: None}


def test_the_page_takes_hours_as_people_write_them_and_shows_them_again(as_staff, past, there, after_attendance):
    first, second = there
    address = reverse("event_attendance", args=[past.pk])
    came = {"tick": [first.pk, second.pk], f"hours-{first.pk}": "1:30", f"hours-{second.pk}": ""}
    assert as_staff.post(address, came).url.startswith(past.get_absolute_url())
    assert recorded() == {first.pk: Decimal("1.5"), second.pk: None}
    page = as_staff.get(address)
    assert page.context["form"][f"hours-{first.pk}"].value() == "1.5"


def test_hours_that_cannot_be_read_are_refused_beside_their_box(as_staff, past, there, after_attendance):
    first, second = there
    came = {"tick": [first.pk], f"hours-{first.pk}": "a while", f"hours-{second.pk}": "2"}
    page = as_staff.post(reverse("event_attendance", args=[past.pk]), came)
    assert page.context["form"].errors == {f"hours-{first.pk}": ["Enter hours like 1.5 or 1:30"]}
    assert 'value="a while"' in page.text
    assert page.context["came"] == {first.pk}
    assert f'href="#id_hours-{first.pk}"' in page.text
    assert not Attendance.objects.exists()


def test_looking_for_somebody_keeps_the_hours_that_were_typed(as_staff, past, there):
    first = there[0]
    asked = {"tick": [first.pk], f"hours-{first.pk}": "a while", "search": "Nobody", "find": "yes"}
    page = as_staff.post(reverse("event_attendance", args=[past.pk]), asked)
    assert 'value="a while"' in page.text


def test_postgres_refuses_hours_of_somebody_who_did_not_come(past, staff, there, after_attendance):
    day_actions.record(event=past, came={there[0].pk}, by=staff)
    change = "UPDATE events_attendance SET hours = %s WHERE person_id = %s"
    assert "hours_are_of_somebody_who_came" in refused(change, 1, there[1].pk)
    assert "hours_are_of_somebody_who_came" in refused(change, 0, there[0].pk)
