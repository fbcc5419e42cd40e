"""Pages on which staff plan, change and cancel an event."""

import datetime as dt
from pathlib import Path

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from events.models import Event, Invitation
from events.planning.tabs import ABOUT, tab_url
from tests import factories as make
from tests.helpers.choosing import proof_of
from tests.helpers.events import FORM, a_date, filled, members

# Planning


def test_staff_plan_an_event(as_staff, programme, staff):
    response = as_staff.post(reverse("event_new", args=[programme.slug]), filled(staff))
    event = Event.objects.get()
    assert response.url == event.get_absolute_url()
    assert timezone.localtime(event.starts_at).time() == dt.time(10)
    assert timezone.localtime(event.ends_at).time() == dt.time(13)
    assert event.organiser == staff.person


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"day_month": "13"}, "The month must be a number from 1 to 12"),
        ({"day_day": "31", "day_month": "2"}, "There is no such day"),
        ({"day_year": "2062"}, "The date must be"),
        ({"starts": "ten"}, "Enter a time, like 10am or 2:30pm"),
        ({"ends": "9am"}, "The end must be later than the start, 10am."),
        ({"ends": "10am"}, "The end must be later than the start, 10am."),
        ({"venue_name": "", "online_link": ""}, "Enter a venue, or a link to join online"),
        ({"online_link": "not a link"}, "Enter a valid URL"),
        ({"title": ""}, "name of the event"),
    ],
)
def test_a_wrong_answer_is_explained_and_everything_typed_is_kept(as_staff, programme, staff, changed, words):
    response = as_staff.post(reverse("event_new", args=[programme.slug]), filled(staff, purpose="My words", **changed))
    page = response.content.decode()
    assert response.status_code == 200
    assert words.lower() in page.lower()
    assert "<title>Error:" in page
    assert "My words" in page
    assert "1 Plain Street" in page
    assert not Event.objects.exists()


def on_day(staff, programme, date, **changed):
    programme.starts_on, programme.ends_on = date - dt.timedelta(days=300), date + dt.timedelta(days=300)
    programme.save()
    return {**filled(staff), **a_date("day", date), **a_date("reply_by", date), **changed}


def test_a_day_on_which_the_clocks_go_back_has_its_real_length(as_staff, programme, staff):
    values = on_day(staff, programme, dt.date(2027, 10, 31), starts="12:30am", ends="10am")
    as_staff.post(reverse("event_new", args=[programme.slug]), values)
    event = Event.objects.get()
    assert event.ends_at - event.starts_at == dt.timedelta(hours=10, minutes=30)
    page = as_staff.get(tab_url(event, ABOUT)).content.decode()
    assert "Sunday 31 October 2027, 12:30am to 10am" in page


def test_a_time_the_clocks_leave_out_is_refused(as_staff, programme, staff):
    values = on_day(staff, programme, dt.date(2027, 3, 28), starts="1:30am", ends="10am")
    page = as_staff.post(reverse("event_new", args=[programme.slug]), values).content.decode()
    assert "there is no 1:30am" in page
    assert not Event.objects.exists()


def test_a_day_on_which_the_clocks_go_forward_keeps_its_times(as_staff, programme, staff):
    as_staff.post(reverse("event_new", args=[programme.slug]), on_day(staff, programme, dt.date(2027, 3, 28)))
    event = Event.objects.get()
    assert event.starts_at == dt.datetime(2027, 3, 28, 9, tzinfo=dt.UTC)
    assert event.ends_at - event.starts_at == dt.timedelta(hours=3)


def test_a_meeting_link_and_pasted_links_are_kept_whole(as_staff, programme, staff):
    data = Path(__file__).parents[2] / "lib" / "data"
    link = (data / "teams_shaped_link.txt").read_text(encoding="utf-8")
    words = (data / "unbroken_words.txt").read_text(encoding="utf-8")
    as_staff.post(
        reverse("event_new", args=[programme.slug]), filled(staff, online_link=f"{link}\u200b", purpose=words)
    )
    event = Event.objects.get()
    assert event.online_link == link
    assert event.purpose.split() == words.split()


def test_an_event_is_changed_on_the_form_it_was_planned_on(as_staff, event, staff):
    address = reverse("event_edit", args=[event.pk])
    form = as_staff.get(address).context["form"]
    assert form["starts"].value() == "10am"
    starts = timezone.localtime(event.starts_at)
    values = {**FORM, **a_date("day", starts.date()), **a_date("reply_by", event.reply_by)}
    as_staff.post(
        address, {**values, "title": "Dosa and co-production", "organiser": staff.person.pk, "starts": "11am"}
    )
    event.refresh_from_db()
    assert event.title == "Dosa and co-production"
    assert timezone.localtime(event.starts_at).hour == 11


def test_cancelling_says_how_many_are_told_and_tells_them(as_staff, programme, event, worker):
    people = [*members(programme, 2), *members(programme, 1, email="")]
    with worker():
        as_staff.post(reverse("event_invite", args=[event.pk]), proof_of(event, *people))
    mail.outbox.clear()
    Invitation.objects.filter(person__email="").update(reply="coming", replied_at=timezone.now())
    address = reverse("event_cancel", args=[event.pk])
    page = as_staff.get(address).content.decode()
    assert "2 by email" in page
    assert "1 by a colleague" in page
    with worker():
        as_staff.post(address, {"reason": "A flood."})
    assert len(mail.outbox) == 2
    page = as_staff.get(event.get_absolute_url()).content.decode()
    assert "A flood." in page
    assert "1 to ring, post or tell" in page


# Another like it


def test_an_event_like_another_begins_with_its_facts_and_dates_to_come(as_staff, programme, staff):
    long_ago = make.an_event(
        programme, organiser=staff.person, days=-40, title="Steering group", online_link="https://meet.example.org/g"
    )
    assert f"?like={long_ago.pk}" in as_staff.get(long_ago.get_absolute_url()).text
    page = as_staff.get(reverse("event_new", args=[programme.slug]), {"like": long_ago.pk})
    form = page.context["form"]
    assert form["title"].value() == "Steering group"
    day = form["day"].value()
    assert day > timezone.localdate()
    assert (day - long_ago.day).days == 56, "four weeks on would be past, so it is eight"
    assert form["reply_by"].value() >= timezone.localdate()
    assert "It begins as a copy of “Steering group”" in page.text
    soon = make.an_event(programme, organiser=staff.person, days=3)
    page = as_staff.get(reverse("event_new", args=[programme.slug]), {"like": soon.pk})
    assert (page.context["form"]["day"].value() - soon.day).days == 28


@pytest.mark.parametrize("like", ["0", "x", "9" * 30, "-1"])
def test_an_address_that_names_no_event_begins_an_empty_form(as_staff, programme, like):
    page = as_staff.get(reverse("event_new", args=[programme.slug]), {"like": like})
    assert page.context["like"] is None


def test_no_event_of_another_programme_is_copied(as_staff, programme):
    elsewhere = make.an_event(make.a_programme(), title="Not yours")
    page = as_staff.get(reverse("event_new", args=[programme.slug]), {"like": elsewhere.pk})
    assert "Not yours" not in page.text


def test_the_long_link_of_a_meeting_program_is_taken(as_staff, programme, staff):
    link = "https://meet.example.org/" + "x" * 1500
    as_staff.post(reverse("event_new", args=[programme.slug]), filled(staff, online_link=link))
    assert Event.objects.get().online_link == link
