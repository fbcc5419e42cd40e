"""Tests of the sums of an agenda."""

import datetime as dt
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from events.meetings.calculations import Length, breaks_before, timetable

TEN = dt.datetime(2026, 12, 3, 10, tzinfo=dt.UTC)


def after(minutes):
    return TEN + dt.timedelta(minutes=minutes)


def test_items_follow_each_other_and_the_end_is_compared_with_that_of_the_event():
    laid = timetable(TEN, after(60), [Length(30), Length(10, is_break=True), Length(45)])
    assert laid.starts == [TEN, after(30), after(40)]
    assert laid.ends_at == after(85)
    assert laid.over_minutes == 25
    assert laid.longest_stretch == 45


def test_an_agenda_that_ends_sooner_is_not_over():
    assert timetable(TEN, after(60), [Length(20)]).over_minutes == 0
    assert timetable(TEN, after(60), []).ends_at == TEN


lengths = st.lists(st.integers(min_value=1, max_value=120), max_size=20)


@given(lengths, st.integers(min_value=1, max_value=200))
def test_with_the_breaks_no_stretch_is_longer_than_the_rule_unless_one_item_is(minutes, longest):
    places = breaks_before(minutes, longest)
    laid_out = []
    for place, length in enumerate(minutes):
        if place in places:
            laid_out.append(Length(10, is_break=True))
        laid_out.append(Length(length))
    assert timetable(TEN, TEN, laid_out).longest_stretch <= max([longest, *minutes])


@given(lengths, st.integers(min_value=1, max_value=200))
def test_no_break_stands_first_or_where_the_items_before_and_after_fit_together(minutes, longest):
    places = breaks_before(minutes, longest)
    assert 0 not in places
    bounds = [0, *places, len(minutes)]
    for start, middle in pairwise(bounds[:-1]):
        assert sum(minutes[start : middle + 1]) > longest
