"""Pages of an event that was cancelled or has begun refuse with a reason, and change nothing."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from events.models import Event, EventSession, WaitingPlace
from events.places.actions import numbers
from events.planning.transitions import EventError
from events.series.actions import change_later, plan_series
from events.sessions import actions as session_actions
from tests import factories as make
from tests.helpers.places import full


@pytest.fixture
def cancelled(event, staff):
    """An event with a session and somebody on its waiting list, cancelled since by hand."""
    session_actions.add(
        event=event, by=staff, day=1, starts=dt.time(10), ends=dt.time(11), title="Hello", aim="", room="", link=""
    )
    full(event, staff, number=1, waiting=1)
    Event.objects.filter(pk=event.pk).update(status=Event.Status.CANCELLED)
    return event


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("event_invite", "nobody can be invited"),
        ("event_places_edit", "it has no places"),
        ("session_new", "cancelled"),
        ("event_facilitators", "nobody runs it"),
        ("event_who_spoke", "cancelled"),
    ],
)
def test_a_page_of_a_cancelled_event_says_why_it_leads_back(as_staff, cancelled, name, words):
    page = as_staff.get(reverse(name, args=[cancelled.pk]), follow=True)
    assert page.status_code in {200, 403}
    assert page.status_code == 403 or words in page.text


def test_sessions_of_a_cancelled_event_stay_as_they_are(as_staff, cancelled):
    session = EventSession.objects.get()
    page = as_staff.get(reverse("session_edit", args=[session.pk]), follow=True)
    assert "cancelled" in page.text
    as_staff.post(reverse("session_remove", args=[session.pk]))
    assert EventSession.objects.filter(pk=session.pk).exists()


def test_nothing_is_offered_at_a_cancelled_event(as_staff, cancelled):
    row = WaitingPlace.objects.get()
    page = as_staff.get(reverse("place_offer", args=[row.pk]), follow=True)
    assert "it has no places" in page.text
    for name in ("event_waiting_close", "event_waiting_open"):
        page = as_staff.post(reverse(name, args=[cancelled.pk]), follow=True)
        assert "it has no places" in page.text


def test_a_list_is_closed_once_and_an_event_without_places_has_none(event, staff):
    with pytest.raises(EventError, match="no waiting list"):
        numbers.close_list(event=event, by=staff)
    numbers.set_places(event=event, number=1, by=staff)
    numbers.close_list(event=event, by=staff)
    with pytest.raises(EventError, match="closed before"):
        numbers.close_list(event=event, by=staff)


def test_an_answer_to_an_offer_that_comes_too_late_leads_to_the_page_that_says_so(client, cancelled):
    invitation = WaitingPlace.objects.get().invitation
    page = client.post(reverse("reply_place", args=[invitation.link_key]), {"answer": "take"}, follow=True)
    assert "You do not need to reply" in page.text
    invitation.refresh_from_db()
    assert invitation.reply == "waiting"


def test_the_later_events_of_a_series_are_changed_all_or_none(programme, staff):
    starts = timezone.now() + dt.timedelta(days=10)
    dates = [
        {"starts_at": at, "ends_at": at + dt.timedelta(hours=2), "reply_by": at.date()}
        for at in (starts, starts + dt.timedelta(days=7))
    ]
    plan = {"title": "Drop-in", "kind": "workshop", "purpose": "To meet.", "venue_name": "A hall"}
    with pytest.raises(EventError):
        plan_series(programme=programme, by=staff, dates=[], organiser=staff.person, **plan)
    with pytest.raises(EventError, match="end must be later"):
        wrong = [{**dates[0], "ends_at": dates[0]["starts_at"]}]
        plan_series(programme=programme, by=staff, dates=wrong, organiser=staff.person, **plan)
    first, later = plan_series(programme=programme, by=staff, dates=dates, organiser=staff.person, **plan)
    stranger = make.with_role(make.a_programme("Elsewhere"), "staff")
    with pytest.raises(EventError):
        change_later(event=first, by=stranger)
    assert change_later(event=first, by=staff) == []
    Event.objects.filter(pk=first.pk).update(title="Drop in and talk")
    assert [one.pk for one in change_later(event=Event.objects.get(pk=first.pk), by=staff)] == [later.pk]
