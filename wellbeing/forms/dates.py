"""A date in three boxes, as people write it."""

import datetime as dt
import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from wellbeing.lib.dates import long_date

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january"),
            ("feb", "february"),
            ("mar", "march"),
            ("apr", "april"),
            ("may",),
            ("jun", "june"),
            ("jul", "july"),
            ("aug", "august"),
            ("sep", "sept", "september"),
            ("oct", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}


# Dates of people and programmes lie between these. Sums with a year such as 9999 would leave the calendar.
EARLIEST_YEAR, LATEST_YEAR = 1900, 2199


class DayMonthYearWidget(forms.MultiWidget):
    """Three boxes, as GOV.UK advises for dates people know or copy. Values are [day, month, year]."""

    template_name = "wellbeing/widgets/day_month_year.html"
    parts = (gettext_lazy("Day"), pgettext_lazy("calendar", "Month"), gettext_lazy("Year"))

    def __init__(self, attrs=None):
        super().__init__(
            {part: forms.TextInput(attrs={"autocomplete": "off"}) for part in ("day", "month", "year")}, attrs
        )

    def decompress(self, value):
        """Return a date as [day, month, year]; three Nones for no date."""
        return [value.day, value.month, value.year] if value else [None, None, None]

    def get_context(self, name, value, attrs):
        """Return Django's context with each box's label, width and classes; only wrong boxes are marked as wrong."""
        attrs = dict(attrs or {})
        wrong_parts = attrs.pop("wrong_parts", set())
        context = super().get_context(name, value, attrs)
        for position, box in enumerate(context["widget"]["subwidgets"]):
            box["label"] = self.parts[position]
            width = 4 if position == 2 else 2
            box["attrs"]["class"] = f"govuk-input govuk-date-input__input govuk-input--width-{width}"
            if position in wrong_parts:
                box["attrs"]["class"] += " govuk-input--error"
            else:
                box["attrs"].pop("aria-invalid", None)
            # A month may be typed as a word, so only day and year ask a phone for its number pad.
            if position != 1:
                box["attrs"]["inputmode"] = "numeric"
        return context


class HiddenDayMonthYear(forms.MultiWidget):
    """The three boxes on a page that only hands them on: hidden, under the same names."""

    def __init__(self, attrs=None):
        super().__init__(dict.fromkeys(("day", "month", "year"), forms.HiddenInput), attrs)

    decompress = DayMonthYearWidget.decompress


class DayMonthYearField(forms.Field):
    """A date typed as day, month and year. Gives a datetime.date, or None when optional and left empty.

    `earliest` and `latest` are dates, or functions returning one, that the answer may not lie outside of.
    Set `autocomplete="bday"` for a date of birth.
    """

    widget = DayMonthYearWidget
    hidden_widget = HiddenDayMonthYear
    default_error_messages = {"required": gettext_lazy("Enter the date")}

    def __init__(self, *, earliest=None, latest=None, autocomplete=None, **kwargs):
        super().__init__(**kwargs)
        self.earliest, self.latest = earliest, latest
        if autocomplete:
            for box, part in zip(self.widget.widgets, ("day", "month", "year"), strict=True):
                box.attrs["autocomplete"] = f"{autocomplete}-{part}"

    def to_python(self, value):
        """Read [day, month, year] as typed as a date. Raises ValidationError that says which box is wrong."""
        if value is None or isinstance(value, dt.date):
            return value
        typed = [str(part or "").strip() for part in value]
        if not any(typed):
            return None
        missing = {position for position, part in enumerate(typed) if not part}
        if missing:
            raise _date_error(_MISSING[tuple(sorted(missing))], missing)
        day, month, year = (
            _whole_number(typed[0]),
            _month_number(typed[1]),
            _whole_number(typed[2]),
        )
        if year is None or len(typed[2]) != 4:
            raise _date_error(_("The year must have 4 numbers, like 2026"), {2})
        if month is None or not 1 <= month <= 12:
            raise _date_error(_("The month must be a number from 1 to 12, or its name"), {1})
        if day is None or not 1 <= day <= 31:
            raise _date_error(_("The day must be a number from 1 to 31"), {0})
        if not EARLIEST_YEAR <= year <= LATEST_YEAR:
            raise _date_error(
                _("The year must be from %(first)s to %(last)s") % {"first": EARLIEST_YEAR, "last": LATEST_YEAR}, {2}
            )
        try:
            return dt.date(year, month, day)
        except ValueError:
            raise _date_error(_("There is no such day. Check the day and the month"), {0, 1}) from None

    def validate(self, value):
        """Also refuse a date before `earliest` or after `latest`."""
        super().validate(value)
        if value is None:
            return
        earliest = self.earliest() if callable(self.earliest) else self.earliest
        latest = self.latest() if callable(self.latest) else self.latest
        if earliest and value < earliest:
            raise _date_error(_("The date must be %(date)s or later") % {"date": long_date(earliest)}, {0, 1, 2})
        if latest and value > latest:
            raise _date_error(_("The date must be %(date)s or earlier") % {"date": long_date(latest)}, {0, 1, 2})

    def has_changed(self, initial, data):
        """Return whether the boxes no longer hold the date that was there before."""
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True


_MISSING = {
    (0,): gettext_lazy("Enter the day"),
    (1,): gettext_lazy("Enter the month"),
    (2,): gettext_lazy("Enter the year"),
    (0, 1): gettext_lazy("Enter the day and the month"),
    (0, 2): gettext_lazy("Enter the day and the year"),
    (1, 2): gettext_lazy("Enter the month and the year"),
}


def _date_error(message, parts):
    return ValidationError(message, code="invalid", params={"parts": sorted(parts)})


def _whole_number(text):
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text) else None


def _month_number(text):
    return MONTHS.get(text.lower().rstrip("."), _whole_number(text))
