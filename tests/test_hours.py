"""Hours as people write them: every spelling of the same time gives the same value."""

from decimal import Decimal

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from wellbeing.forms.hours import HoursField, plain_hours

FIELD = HoursField(min_value=Decimal("0.25"), max_value=Decimal(24))
HOURS = st.integers(min_value=0, max_value=99)
MINUTES = st.integers(min_value=0, max_value=59)
UNITS = st.sampled_from(["h", "H", "hr", "hrs", "hour", "hours", "hrs."])
MINUTE_UNITS = st.sampled_from(["m", "min", "Min", "mins", "min.", "minute", "minutes"])
SPACE = st.sampled_from(["", " ", "\u00a0", "  "])


@pytest.mark.parametrize(
    "text",
    [
        "1:30",
        "1½",
        "1 ½",
        "1h30",
        "1 h 30",
        "1h 30m",
        "1 hour 30 minutes",
        "1 hour and 30 minutes",
        "1 hr 30 mins",
        "90 minutes",
        "90 min",
        "90min",
        "90 m",
        "1.5 hours",
        "1,5",
        "1.5",
        "1.50",
        "1.5h",
        "1 1/2",
        "1½ hours",
        " 1:30 hours ",
        "1:30h",
        "01:30",
        "An hour and a half",
        "one and a half hours",
    ],
)
def test_an_hour_and_a_half_may_be_written_in_many_ways(text):
    assert FIELD.clean(text) == Decimal("1.5")


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("2", "2"),
        ("2 hours", "2"),
        ("1 hour", "1"),
        ("½", "0.5"),
        (".5", "0.5"),
        ("1/2 hour", "0.5"),
        ("half an hour", "0.5"),
        ("¼ of an hour", "0.25"),
        ("¾ hour", "0.75"),
        ("2¾", "2.75"),
        ("1⅓", "1.33"),
        ("20 min", "0.33"),
        ("1:20", "1.33"),
        ("80 minutes", "1.33"),
        ("2.75", "2.75"),
        ("24:00", "24"),
        ("1h5", "1.08"),
    ],
)
def test_other_times_as_people_write_them(text, hours):
    assert FIELD.clean(text) == Decimal(hours)


@given(HOURS, MINUTES, UNITS, MINUTE_UNITS, SPACE)
def test_every_spelling_of_the_same_time_gives_the_same_value(hour, minute, unit, minute_unit, space):
    field = HoursField()
    spellings = {
        f"{hour}:{minute:02d}",
        f"{hour}:{minute:02d}{space}{unit}",
        f"{hour}{unit}{minute:02d}",
        f"{hour}{space}{unit}{space}{minute}",
        f"{hour}{space}{unit}{space}{minute}{space}{minute_unit}",
        f"{hour} {unit} and {minute} {minute_unit}",
        f"{hour * 60 + minute}{space}{minute_unit}",
    }
    parts = {15: ("¼", "1/4", "25"), 30: ("½", "1/2", "5"), 45: ("¾", "3/4", "75")}
    if minute in parts:
        sign, part, decimal = parts[minute]
        spellings |= {f"{hour}{sign}", f"{hour} {part}", f"{hour}.{decimal}", f"{hour},{decimal}{space}{unit}"}
    values = {field.clean(text) for text in spellings}
    assert len(values) == 1, values
    [value] = values
    assert abs(value * 60 - (hour * 60 + minute)) <= Decimal("0.3"), "to a hundredth of an hour"


@given(st.decimals(min_value=0, max_value=744, places=2))
def test_what_is_written_in_the_box_is_read_back_as_the_same(hours):
    assert HoursField().clean(plain_hours(hours)) == hours


@given(st.text(max_size=12))
def test_anything_typed_gives_hours_or_a_message(text):
    try:
        value = FIELD.clean(text)
    except forms.ValidationError as error:
        assert error.messages[0]
    else:
        assert Decimal("0.25") <= value <= 24


@pytest.mark.parametrize(
    "text", ["a while", "1:60", "1:5", "-1", "1.555", "1,500", "1:30pm", "nan", "1e3", "1h60m", "1.5.2", "h", "."]
)
def test_what_cannot_be_read_says_what_to_enter(text):
    with pytest.raises(forms.ValidationError, match=r"Enter hours like 1\.5 or 1:30"):
        HoursField().clean(text)


@pytest.mark.parametrize("text", ["1.30", "1,30"])
def test_a_point_that_may_stand_before_minutes_is_asked_about(text):
    with pytest.raises(forms.ValidationError) as asked:
        HoursField().clean(text)
    assert asked.value.messages == ["Enter 1:30 if these are minutes, or 1.3 if it is a part of an hour"]


def test_too_little_and_too_much_are_refused_however_they_are_written():
    for text in ("0", "10 minutes", "0:14"):
        with pytest.raises(forms.ValidationError, match=r"0\.25"):
            FIELD.clean(text)
    for text in ("25", "24:01", "1441 min"):
        with pytest.raises(forms.ValidationError, match="24"):
            FIELD.clean(text)


class Form(forms.Form):
    hours = HoursField(label="Hours")


def test_what_was_typed_stays_in_the_box_and_hours_on_record_are_written_plainly():
    typed = Form({"hours": "a while"})
    assert 'value="a while"' in str(typed["hours"])
    assert not typed.is_valid()
    for hours, words in (("2.00", "2"), ("1.50", "1.5"), ("1.33", "1:20"), ("1.10", "1.1"), ("3.25", "3.25")):
        assert f'value="{words}"' in str(Form(initial={"hours": Decimal(hours)})["hours"])
    assert not Form({"hours": "90 min"}, initial={"hours": Decimal("1.50")}).has_changed()
