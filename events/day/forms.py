"""The form of the hours that people were at an event."""

from decimal import Decimal

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from events.day.documents import MOST_BLANKS
from wellbeing.forms.fields import hide_optional
from wellbeing.forms.hours import HoursField
from wellbeing.lib.dates import week_day

# Accept as many hours as the longest event with its nights can have: two figures hold them.
MAX_HOURS_THERE = Decimal(99)
MAX_HOURS_A_DAY = Decimal(24)


def _name(pk, day=None):
    return f"hours-{pk}" if day is None else f"hours-{pk}-{day}"


class DaysThereForm(forms.Form):
    """A box for each of `rows` (AttendanceRow) and each day of an event over several days: the hours of that day.

    Empty for all of the day, 0 for somebody who was not there that day.
    """

    def __init__(self, data=None, *, rows, days):
        initial = {_name(row.person.pk, day.number): row.days.get(day.number) for row in rows for day in days}
        super().__init__(data, initial=initial)
        self.people, self.days = [row.person.pk for row in rows], days
        for row in rows:
            for day in days:
                attrs = {"class": "govuk-input--width-3", "autocomplete": "off", "spellcheck": "false"}
                words = {"day": week_day(day.date), "name": row.person.name_in_list}
                self.fields[_name(row.person.pk, day.number)] = HoursField(
                    label=format_html(
                        '{}<span class="govuk-visually-hidden">: {}</span>',
                        _("Hours on %(day)s") % words,
                        _("%(name)s was there") % words,
                    ),
                    required=False,
                    min_value=Decimal(0),
                    max_value=MAX_HOURS_A_DAY,
                    widget=forms.TextInput(attrs=attrs),
                )
        hide_optional(self, *self.fields)

    def boxes_of(self, person):
        """Return the boxes of a person on the page, one for each day."""
        return [self[_name(person.pk, day.number)] for day in self.days]

    @property
    def answers(self):
        """The hours that were entered, by person id and number of the day, as the action takes them."""
        return {
            "days": {
                pk: {
                    day.number: hours
                    for day in self.days
                    if (hours := self.cleaned_data.get(_name(pk, day.number))) is not None
                }
                for pk in self.people
            }
        }


class HoursThereForm(forms.Form):
    """A box for each of `rows` (AttendanceRow): the hours of somebody who was not there from the start to the end."""

    def __init__(self, data=None, *, rows):
        super().__init__(data, initial={_name(row.person.pk): row.hours for row in rows})
        self.people = [row.person.pk for row in rows]
        for row in rows:
            attrs = {"class": "govuk-input--width-3", "autocomplete": "off", "spellcheck": "false"}
            self.fields[_name(row.person.pk)] = HoursField(
                label=format_html(
                    '{}<span class="govuk-visually-hidden"> {}</span>',
                    _("Hours"),
                    _("%(name)s was there") % {"name": row.person.name_in_list},
                ),
                required=False,
                min_value=Decimal("0.25"),
                max_value=MAX_HOURS_THERE,
                widget=forms.TextInput(attrs=attrs),
                error_messages={"min_value": _("Enter a quarter of an hour (0.25) or more")},
            )
        hide_optional(self, *self.fields)

    def boxes_of(self, person):
        """Return the box of a person on the page, in a list."""
        return [self[_name(person.pk)]]

    @property
    def answers(self):
        """The hours that were entered, as the action takes them."""
        return {"hours": self.hours}

    @property
    def hours(self):
        """The hours that were entered, by person id."""
        found = {pk: self.cleaned_data.get(_name(pk)) for pk in self.people}
        return {pk: hours for pk, hours in found.items() if hours is not None}


class BlanksForm(forms.Form):
    """How many empty lines and badges are printed, for people who come without having been asked."""

    blanks = forms.IntegerField(
        label=_lazy("Empty lines and badges, for people who come unasked"),
        min_value=0,
        max_value=MOST_BLANKS,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric", "autocomplete": "off"}),
    )
