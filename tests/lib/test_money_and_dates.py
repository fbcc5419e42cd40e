"""Money and dates as people read and type them."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing.lib.dates import add_working_days, day_and_times, time_of_day, today
from wellbeing.lib.money import parse_pounds, plain_pounds, pounds, round_pence
from wellbeing.templatetags.wellbeing import has_gone_by

LONDON = ZoneInfo("Europe/London")


@given(st.integers(min_value=-(10**9), max_value=10**9))
def test_what_is_written_reads_back_as_the_same_pence(pence):
    assert parse_pounds(plain_pounds(pence)) == pence


@pytest.mark.parametrize(
    ("typed", "pence"),
    [("£12.50", 1250), ("12.5", 1250), (" 1,200 ", 120000), ("50p", 50), ("0.01", 1), ("£ 3", 300)],
)
def test_money_is_read_as_people_type_it(typed, pence):
    assert parse_pounds(typed) == pence


@pytest.mark.parametrize("typed", ["", "twelve", "1.234", "NaN", "inf", "£", "12.50.1", "0.5p"])
def test_what_is_not_money_to_the_penny_is_refused(typed):
    with pytest.raises(ValueError):
        parse_pounds(typed)


def test_halves_round_up():
    assert [round_pence("0.5"), round_pence("1.5"), round_pence("2.49")] == [1, 2, 2]


def test_pounds_are_written_with_thousands():
    assert [pounds(7500), pounds(-50), pounds(123456789)] == ["£75.00", "-£0.50", "£1,234,567.89"]


def test_times_are_written_as_people_say_them():
    times = [dt.time(10), dt.time(12, 30), dt.time(12), dt.time(0), dt.time(0, 5), dt.time(23, 59)]
    assert [time_of_day(time) for time in times] == ["10am", "12:30pm", "noon", "midnight", "12:05am", "11:59pm"]


def test_the_day_of_an_event_is_written_with_its_times():
    start = dt.datetime(2026, 5, 4, 10, tzinfo=LONDON)
    assert day_and_times(start, start + dt.timedelta(hours=2, minutes=30)) == "Monday 4 May 2026, 10am to 12:30pm"


def test_an_event_past_midnight_names_both_days():
    start = dt.datetime(2026, 5, 4, 22, tzinfo=LONDON)
    assert day_and_times(start, start + dt.timedelta(hours=3)) == ("Monday 4 May 2026, 10pm to Tuesday 5 May 2026, 1am")


def test_times_are_london_times_in_summer():
    start = dt.datetime(2026, 7, 1, 9, tzinfo=dt.UTC)
    assert day_and_times(start, start + dt.timedelta(hours=1)) == "Wednesday 1 July 2026, 10am to 11am"


@pytest.mark.parametrize(
    ("start", "days", "closed", "expected"),
    [
        (dt.date(2026, 11, 20), 1, (), dt.date(2026, 11, 23)),
        (dt.date(2026, 12, 24), 1, (), dt.date(2026, 12, 29)),
        (dt.date(2026, 12, 24), 1, (dt.date(2026, 12, 29),), dt.date(2026, 12, 30)),
        (dt.date(2026, 11, 23), 10, (), dt.date(2026, 12, 7)),
        (dt.date(2026, 11, 22), 0, (), dt.date(2026, 11, 22)),
    ],
)
def test_working_days_skip_weekends_bank_holidays_and_closed_days(start, days, closed, expected):
    assert add_working_days(start, days, closed) == expected


def test_a_day_has_gone_by_only_once_it_is_over():
    now = dt.datetime.now(LONDON)
    assert [has_gone_by(today() + dt.timedelta(days=days)) for days in (-1, 0, 1)] == [True, False, False]
    assert [has_gone_by(now + dt.timedelta(days=days)) for days in (-1, 0, 1)] == [True, False, False]
