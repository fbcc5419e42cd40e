"""The form kit: fields that read what people type, and errors that say what to do."""

import datetime as dt

import lxml.html
import pytest
from django import forms
from django.core.exceptions import ValidationError

from wellbeing.forms.choices import Checkboxes, Radios
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.forms.money import PoundsField
from wellbeing.forms.times import TimeOfDayField


@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("12.50", 1250),
        ("£12.50", 1250),
        ("12.5", 1250),
        (" £ 1,200 ", 120000),
        ("1200", 120000),
        ("50p", 50),
        ("0.01", 1),
        ("0", 0),
    ],
)
def test_money_is_read_as_people_write_it(typed, pence):
    assert PoundsField().clean(typed) == pence


@pytest.mark.parametrize("typed", ["12,50", "twelve", "1.234", "12.50.1", "1,20,0", "£", "nan", "1e5", "12 euros"])
def test_what_is_not_surely_an_amount_is_asked_again(typed):
    with pytest.raises(ValidationError, match="pounds and pence"):
        PoundsField().clean(typed)


def test_money_keeps_its_bounds():
    with pytest.raises(ValidationError, match=r"£0.00 or more"):
        PoundsField().clean("-5")
    with pytest.raises(ValidationError, match=r"£10.00 or less"):
        PoundsField(max_pence=1000).clean("10.01")
    assert PoundsField(required=False).clean("") is None
    with pytest.raises(ValidationError, match="Enter the amount"):
        PoundsField().clean("")


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("10am", dt.time(10)),
        ("10 AM", dt.time(10)),
        ("10:30", dt.time(10, 30)),
        ("14.00", dt.time(14)),
        ("2.30 p.m.", dt.time(14, 30)),
        ("12am", dt.time(0)),
        ("12pm", dt.time(12)),
        ("noon", dt.time(12)),
        ("Midnight", dt.time(0)),
        ("09:05", dt.time(9, 5)),
        ("01:30", dt.time(1, 30)),
        ("13", dt.time(13)),
        ("0:15", dt.time(0, 15)),
    ],
)
def test_a_time_is_read_as_people_write_it(typed, time):
    assert TimeOfDayField().clean(typed) == time


@pytest.mark.parametrize("typed", ["10", "1:30", "6.45", "12"])
def test_a_time_that_could_be_morning_or_afternoon_is_asked_about(typed):
    with pytest.raises(ValidationError, match="morning or the afternoon"):
        TimeOfDayField().clean(typed)


@pytest.mark.parametrize("typed", ["25:00", "10:75", "13pm", "0am", "soon", "10:3"])
def test_a_time_nobody_could_mean_is_refused(typed):
    with pytest.raises(ValidationError, match="like 10am or 2:30pm"):
        TimeOfDayField().clean(typed)


@pytest.mark.parametrize(
    "typed", [["4", "5", "2026"], ["04", "05", "2026"], ["4", "May", "2026"], [" 4 ", "may", "2026"]]
)
def test_a_date_is_read_from_its_three_boxes(typed):
    assert DayMonthYearField().clean(typed) == dt.date(2026, 5, 4)


@pytest.mark.parametrize(
    ("typed", "message", "parts"),
    [
        (["", "5", "2026"], "Enter the day", [0]),
        (["4", "", ""], "Enter the month and the year", [1, 2]),
        (["4", "13", "2026"], "month must be", [1]),
        (["32", "5", "2026"], "day must be", [0]),
        (["4", "5", "26"], "4 numbers", [2]),
        (["31", "6", "2026"], "no such day", [0, 1]),
        (["29", "2", "2026"], "no such day", [0, 1]),
        (["4", "5", "2025"], "1 January 2026 or later", [0, 1, 2]),
        (["4", "5", "2027"], "31 December 2026 or earlier", [0, 1, 2]),
    ],
)
def test_a_wrong_date_says_which_box_is_wrong(typed, message, parts):
    field = DayMonthYearField(earliest=dt.date(2026, 1, 1), latest=lambda: dt.date(2026, 12, 31))
    with pytest.raises(ValidationError, match=message) as caught:
        field.clean(typed)
    assert caught.value.params["parts"] == parts


class Kit(forms.Form):
    """One of each, with the starting values an edit page has."""

    name = forms.CharField(label="Your name", help_text="In full")
    day = DayMonthYearField(label="Date")
    start = TimeOfDayField(label="Start")
    fare = PoundsField(label="Fare")
    way = forms.ChoiceField(choices=[("a", "One"), ("b", "Two")], widget=Radios(hints={"b": "Two is slower"}))
    needs = forms.MultipleChoiceField(choices=[("a", "One")], widget=Checkboxes(hints={"a": "Hint"}), required=False)


START = {"name": "Ada", "day": dt.date(2026, 5, 4), "start": dt.time(14, 30), "fare": 2340, "way": "a", "needs": []}
SENT = {
    "name": "Ada",
    "day_day": "4",
    "day_month": "5",
    "day_year": "2026",
    "start": "2:30pm",
    "fare": "23.40",
    "way": "a",
}


def test_what_was_stored_comes_back_as_it_would_be_typed():
    html = str(Kit(initial=START))
    assert 'value="2:30pm"' in html
    assert 'value="23.40"' in html
    assert 'name="day_year" value="2026"' in html


def test_sending_the_same_again_changes_nothing():
    assert Kit(SENT, initial=START).changed_data == []
    assert Kit({**SENT, "fare": "23.41", "start": "15:00", "day_day": "5"}, initial=START).changed_data == [
        "day",
        "start",
        "fare",
    ]


def test_typed_values_survive_an_error():
    html = str(Kit({**SENT, "fare": "about 20", "day_month": "13"}))
    assert 'value="about 20"' in html
    assert 'name="day_month" value="13"' in html


def test_a_missing_answer_says_what_to_do():
    form = Kit({})
    assert form["name"].plain_errors == ["Enter your name"]
    assert form["way"].plain_errors == ["Choose way"]
    assert form["day"].plain_errors == ["Enter the date"]


def test_only_the_wrong_box_of_a_date_is_marked_and_linked_to():
    form = Kit({**SENT, "day_month": ""})
    assert form["day"].first_control_id == "id_day_1"
    boxes = str(form["day"]).split("<input")[1:]
    assert ["govuk-input--error" in box for box in boxes] == [False, True, False]
    assert ["aria-invalid" in box for box in boxes] == [False, True, False]


def test_hint_and_error_are_read_out_with_the_control():
    assert 'aria-describedby="id_name_helptext id_name_error"' in str(Kit({})["name"])
    assert 'aria-describedby="id_way_1_hint"' in str(Kit()["way"][1].tag())


@pytest.mark.parametrize(
    ("name", "css_class"),
    [("name", "govuk-input"), ("way", "govuk-radios__input"), ("needs", "govuk-checkboxes__input")],
)
def test_each_kind_of_control_has_the_class_that_draws_it(name, css_class):
    assert f'class="{css_class}"' in str(Kit()[name])


@pytest.mark.parametrize("year", ["0000", "0001", "1899", "2200", "9999"])
def test_a_year_no_sum_of_dates_could_bear_is_asked_again(year):
    with pytest.raises(ValidationError, match="The year must be from 1900 to 2199"):
        DayMonthYearField().clean(["31", "12", year])


def test_a_date_that_a_page_only_hands_on_keeps_its_three_boxes():
    class OneDay(forms.Form):
        day = DayMonthYearField(label="Day")

    form = OneDay({"day_day": "4", "day_month": "May", "day_year": "2026"})
    hidden = lxml.html.fromstring(f"<form>{form['day'].as_hidden()}</form>")
    assert {box.name: (box.type, box.value) for box in hidden.iter("input")} == {
        "day_day": ("hidden", "4"),
        "day_month": ("hidden", "May"),
        "day_year": ("hidden", "2026"),
    }
