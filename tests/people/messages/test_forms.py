"""The forms of colleagues who ring and write: days and times put together, and what is refused beside its field."""

import datetime as dt

import pytest
from django.utils import timezone

from people.messages.forms import CallForm, WriteForm

NOW = dt.datetime(2026, 11, 23, 10, tzinfo=dt.UTC)


def call(**typed):
    return CallForm({"outcome": "no_answer", "note": "", **typed})


def on(day):
    return {"day_day": day.day, "day_month": day.month, "day_year": day.year}


def test_without_a_day_or_time_it_is_rung_again_at_once():
    form = call()
    assert form.is_valid()
    assert form.values["ring_at"] is None


def test_a_time_alone_is_today_or_tomorrow_where_it_has_gone_by():
    today = timezone.localdate()
    for typed, day in (("4pm", today), ("8am", today + dt.timedelta(days=1))):
        form = call(time=typed)
        assert form.is_valid(), form.errors
        assert timezone.localdate(form.values["ring_at"]) == day


def test_a_day_alone_is_nine_in_the_morning():
    day = timezone.localdate() + dt.timedelta(days=3)
    form = call(**on(day))
    assert form.is_valid(), form.errors
    assert timezone.localtime(form.values["ring_at"]) == timezone.make_aware(dt.datetime.combine(day, dt.time(9)))


def test_a_day_gone_by_is_refused_beside_it():
    form = call(**on(timezone.localdate() - dt.timedelta(days=3)))
    assert not form.is_valid()
    assert "gone by" in form.errors["day"][0]


def test_somebody_who_was_told_is_not_rung_again_whatever_the_boxes_say():
    form = call(outcome="told", time="4pm")
    assert form.is_valid()
    assert form.values["ring_at"] is None


def write(**typed):
    return WriteForm({"subject": "News", "words": "Hello", "token": "abc", **typed})


def test_what_is_written_goes_at_once_unless_a_day_is_given():
    form = write()
    assert form.is_valid()
    assert form.cleaned_data["not_before"] is None
    day = timezone.localdate() + dt.timedelta(days=2)
    form = write(**on(day), time="2.30pm")
    assert form.is_valid(), form.errors
    assert timezone.localtime(form.cleaned_data["not_before"]).time() == dt.time(14, 30)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [({"time": "4pm"}, "Enter the day as well"), (on(NOW.date() - dt.timedelta(days=1)), "gone by")],
)
def test_a_time_without_a_day_and_a_day_gone_by_are_refused_beside_the_day(typed, sentence):
    form = write(**typed)
    assert not form.is_valid()
    assert sentence in form.errors["day"][0]
