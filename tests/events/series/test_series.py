"""Series: several events planned in one step, each changed by itself, the later ones together."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from events.meetings.actions.planning import make_meeting
from events.models import Event, EventSeries
from events.planning.calculations import every_so_many_weeks, same_day_of_month, same_weekday_of_month
from events.planning.queries import next_date
from events.planning.transitions import EventError
from events.series import actions, queries
from events.sessions import actions as session_actions
from tests import factories as make
from tests.helpers.client import page_text
from tests.helpers.database import refused
from tests.helpers.events import a_date, filled, members

TUESDAY = dt.date(2026, 12, 1)


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (every_so_many_weeks(TUESDAY, dt.date(2026, 12, 29), 2), ["1 12", "15 12", "29 12"]),
        (every_so_many_weeks(TUESDAY, TUESDAY, 1), ["1 12"]),
        (same_weekday_of_month(TUESDAY, dt.date(2027, 3, 2)), ["1 12", "5 1", "2 2", "2 3"]),
        # A fifth weekday is the last one where a month has four.
        (same_weekday_of_month(dt.date(2026, 12, 29), dt.date(2027, 3, 31)), ["29 12", "26 1", "23 2", "30 3"]),
        (same_day_of_month(dt.date(2026, 12, 31), dt.date(2027, 3, 31)), ["31 12", "31 1", "28 2", "31 3"]),
        (same_day_of_month(TUESDAY, dt.date(2027, 1, 31)), ["1 12", "1 1"]),
    ],
)
def test_the_dates_of_a_series(dates, expected):
    assert [f"{date.day} {date.month}" for date in dates] == expected


def several(staff, **changed):
    """The form of a first event on 14 December, every second week until the middle of January."""
    first = dt.date(2026, 12, 14)
    dates = {**a_date("day", first), **a_date("reply_by", first - dt.timedelta(days=3))}
    return {**filled(staff), **dates, "repeats": "fortnightly", **a_date("until", dt.date(2027, 1, 15)), **changed}


def rows_of(page):
    """Return the fields that the page of the dates would send if it were sent as it is."""
    sent = {"dates": "1"}
    for row, _date, _holiday in page.context["rows"]:
        day = row["day"].value()
        sent |= {f"{row.prefix}-take": "on", **a_date(f"{row.prefix}-day", day)}
        sent |= {f"{row.prefix}-starts": "10am", f"{row.prefix}-ends": "1pm"}
    return sent


def test_all_dates_are_shown_first_and_nothing_is_made(as_staff, programme, staff):
    page = as_staff.post(reverse("event_new", args=[programme.slug]), several(staff))
    words = page_text(page)
    for day in ("Monday 14 December 2026", "Monday 28 December 2026", "Monday 11 January 2027"):
        assert day in words
    assert "Bank holiday: Boxing Day" in words
    assert 'name="purpose" value="To agree how we work."' in words
    assert not Event.objects.exists()


def test_a_date_is_taken_out_another_moved_and_the_rest_planned_as_one_series(as_staff, programme, staff):
    address, values = reverse("event_new", args=[programme.slug]), several(staff)
    rows = rows_of(as_staff.post(address, values))
    del rows["date-2-take"]
    rows |= {**a_date("date-3-day", dt.date(2027, 1, 12)), "date-3-starts": "2pm", "date-3-ends": "4pm"}
    as_staff.post(address, {**values, **rows})
    events = list(Event.objects.order_by("starts_at"))
    assert [event.day for event in events] == [dt.date(2026, 12, 14), dt.date(2027, 1, 12)]
    assert timezone.localtime(events[1].starts_at).time() == dt.time(14)
    assert [event.day - event.reply_by for event in events] == [dt.timedelta(days=3)] * 2
    assert EventSeries.objects.get().events.count() == 2
    assert "Others of this series" in page_text(as_staff.get(events[0].get_absolute_url() + "?tab=about"))


def test_a_wrong_date_is_refused_beside_its_boxes_and_nothing_is_planned(as_staff, programme, staff):
    address, values = reverse("event_new", args=[programme.slug]), several(staff)
    rows = rows_of(as_staff.post(address, values)) | {"date-2-ends": "9am", "date-1-starts": "9:30am"}
    page = as_staff.post(address, {**values, **rows})
    assert "The end must be later than the start, 10am." in page_text(page)
    assert 'value="9:30am"' in page.text
    assert not Event.objects.exists()


def test_the_form_comes_back_as_it_was_typed(as_staff, programme, staff):
    page = as_staff.post(
        reverse("event_new", args=[programme.slug]), several(staff, purpose="My own words", change="1")
    )
    assert "My own words" in page_text(page)
    assert "Does it come again?" in page_text(page)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (a_date("until", dt.date(2026, 12, 14)), "Enter a day after the first one"),
        ({"until_day": "", "until_month": "", "until_year": ""}, "Enter until when it comes again"),
        ({"repeats": "weekly", **a_date("until", dt.date(2028, 1, 31))}, "Plan 53 or fewer."),
    ],
)
def test_a_repetition_without_a_sensible_end_is_refused(as_staff, programme, staff, changed, words):
    programme.ends_on = dt.date(2029, 12, 31)
    programme.save()
    page = as_staff.post(reverse("event_new", args=[programme.slug]), several(staff, **changed))
    assert words in page_text(page)


def test_the_form_of_an_event_like_another_plans_its_copy_with_sessions_in_one_press(as_staff, programme, staff, event):
    session_actions.add(
        event=event, by=staff, starts=dt.time(10), ends=dt.time(11), title="Round", facilitators=[staff.person]
    )
    page = as_staff.get(f"{reverse('event_new', args=[programme.slug])}?like={event.pk}")
    form = page.context["form"]
    values = filled(staff, title=form["title"].value(), **a_date("day", form["day"].value()))
    values |= a_date("reply_by", form["reply_by"].value())
    as_staff.post(f"{reverse('event_new', args=[programme.slug])}?like={event.pk}", values)
    copy = Event.objects.exclude(pk=event.pk).get()
    session = copy.sessions.get()
    assert (session.title, session.facilitators.get().person) == ("Round", staff.person)
    assert event.sessions.count() == 1


def test_more_like_a_meeting_of_a_group_are_meetings_of_it_and_one_series_with_it(programme, staff):
    group = make.a_steering_group(programme)
    event = make.an_event(programme, organiser=staff.person, days=10, kind="meeting", group=group)
    make_meeting(event=event, by=staff)
    later = dt.timedelta(weeks=4)
    made = actions.plan_series(
        programme=programme,
        by=staff,
        like=event,
        organiser=staff.person,
        dates=[
            {
                "starts_at": event.starts_at + later,
                "ends_at": event.ends_at + later,
                "reply_by": event.day,
            }
        ],
        title=event.title,
        kind="meeting",
        purpose="To meet.",
        venue_name="Hall",
        group=group,
    )
    event.refresh_from_db()
    assert Event.objects.get(pk=made[0].pk).meeting.group == group
    assert event.series == made[0].series


@pytest.fixture
def series(programme, staff):
    """Three events of a series, the second with somebody invited, and a draft after them."""
    one = EventSeries.objects.create(programme=programme, made_by=staff.person)
    days = (10, 38, 66)
    events = [make.an_event(programme, organiser=staff.person, days=each, series=one) for each in days]
    events.append(make.an_event(programme, organiser=staff.person, days=94, series=one, status="draft"))
    make.an_invitation(events[1], members(programme, 1)[0], reply="coming", replied_at=timezone.now())
    return events


def test_the_later_ones_take_over_what_is_new_and_keep_their_days(as_staff, series, staff):
    first, second, *_rest = series
    second.title, second.venue_name = "Tea", "Another Hall"
    second.starts_at += dt.timedelta(hours=1)
    second.save()
    address = reverse("series_change", args=[second.pk])
    assert "title, venue, times" in page_text(as_staff.get(address))
    as_staff.post(address)
    titles = [Event.objects.get(pk=event.pk).title for event in series]
    assert titles == [first.title, "Tea", "Tea", "Tea"]
    third = Event.objects.get(pk=series[2].pk)
    assert (third.day, timezone.localtime(third.starts_at).time()) == (series[2].day, dt.time(11))
    assert as_staff.get(address).status_code == 302, "there is nothing left to change"


def test_an_event_and_the_later_ones_are_cancelled_and_drafts_thrown_away(as_staff, series):
    page = page_text(as_staff.get(reverse("series_cancel", args=[series[1].pk])))
    assert "(draft)" in page
    as_staff.post(reverse("series_cancel", args=[series[1].pk]), {"reason": "The room is gone."})
    left = dict(Event.objects.values_list("pk", "status"))
    assert left == {series[0].pk: "planned", series[1].pk: "cancelled", series[2].pk: "cancelled"}


def test_the_last_one_has_no_later_ones_to_cancel(as_staff, series):
    response = as_staff.get(reverse("series_cancel", args=[series[-1].pk]))
    assert response.url == series[-1].get_absolute_url()


def test_the_drafts_of_a_series_are_published_together(as_staff, programme, staff):
    one = EventSeries.objects.create(programme=programme)
    soon = {"reply_by": timezone.localdate(), "series": one, "status": "draft"}
    events = [make.an_event(programme, organiser=staff.person, days=days, **soon) for days in (10, 20)]
    as_staff.post(reverse("event_publish", args=[events[0].pk]), {"series": "1"})
    assert set(Event.objects.values_list("status", flat=True)) == {"planned"}


def test_one_wrong_date_undoes_the_whole_series_and_is_named(programme, staff):
    day = timezone.now() + dt.timedelta(days=10)
    right = {"starts_at": day, "ends_at": day + dt.timedelta(hours=2), "reply_by": day.date()}
    wrong = {**right, "starts_at": day + dt.timedelta(days=7)}
    with pytest.raises(EventError, match="10 December 2026: The end must be later"):
        actions.plan_series(
            programme=programme,
            by=staff,
            organiser=staff.person,
            dates=[right, wrong],
            title="Tea",
            kind="workshop",
            purpose="To meet.",
            venue_name="Hall",
        )
    assert queries.later_ones(make.an_event(programme)).count() == 0


def test_the_database_keeps_a_series_to_one_programme(event):
    other = EventSeries.objects.create(programme=make.a_programme())
    assert "of one programme" in refused("UPDATE events_event SET series_id = %s WHERE id = %s", other.pk, event.pk)


@pytest.mark.parametrize(
    ("days", "today", "expected"),
    [
        ([TUESDAY], TUESDAY, dt.date(2026, 12, 29)),
        # The first Tuesday of two months.
        ([dt.date(2026, 11, 3), TUESDAY], TUESDAY, dt.date(2027, 1, 5)),
        ([dt.date(2026, 11, 3), TUESDAY], dt.date(2027, 2, 3), dt.date(2027, 3, 2)),
        ([dt.date(2026, 11, 17), TUESDAY], dt.date(2026, 12, 16), dt.date(2026, 12, 29)),
        ([dt.date(2026, 11, 30), TUESDAY], TUESDAY, dt.date(2026, 12, 29)),
    ],
)
def test_a_copy_is_on_the_next_date_by_how_often_it_came(programme, days, today, expected):
    zone = timezone.get_default_timezone()
    for day in days:
        starts = dt.datetime.combine(day, dt.time(10), zone)
        event = make.an_event(programme, starts_at=starts, ends_at=starts + dt.timedelta(hours=1))
    assert next_date(event, today) == expected
