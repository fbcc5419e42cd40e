"""Forms about a meeting itself: its agenda, the rules for meetings, and talks around it."""

import datetime as dt
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from events.meetings.models import Talk
from people.directory.forms import PersonChoice
from people.models import Person
from programmes.programme.forms.common import half, paragraph
from wellbeing.forms.choices import Radios
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.forms.fields import set_rows
from wellbeing.forms.times import TimeOfDayField
from wellbeing.lib.dates import today
from wellbeing.lib.texts import LineBox, WordsBox

LONDON = ZoneInfo("Europe/London")
# The fields are small integers: what a box may hold.
MOST_MINUTES = 600


def minutes_box(label, **more):
    """Return a box for a number of minutes."""
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=MOST_MINUTES,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
        **more,
    )


class ItemForm(forms.Form):
    """Something for the agenda; `people` may lead it."""

    title = LineBox(label=_("What is it about?"), max_length=200)
    detail = WordsBox(
        label=_("What should members know about it before?"), max_length=2000, required=False, widget=paragraph(3)
    )
    minutes = minutes_box(_("How many minutes does it need?"), help_text=_("A guess is fine. The chair may change it."))
    leader = PersonChoice(
        label=_("Who leads it?"), queryset=Person.objects.none(), required=False, empty_label=_("Not agreed yet")
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        set_rows(self, "leader", people)


class MeetingRulesForm(forms.Form):
    """How a group plans its meetings, from a day on."""

    longest_stretch = minutes_box(_("How many minutes without a break, at most?"))
    break_minutes = minutes_box(_("How many minutes is a break?"))
    item_minutes = minutes_box(_("How many minutes does an item get to begin with?"))
    days_before = forms.IntegerField(
        label=_("How many days before the meeting do members get the agenda?"),
        min_value=0,
        max_value=60,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )
    format_days = forms.IntegerField(
        label=_("How many days before the meeting are staff asked for formats of papers that are not there yet?"),
        min_value=0,
        max_value=90,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )
    starts_on = DayMonthYearField(label=_("From which day?"), earliest=today)


class TalkForm(forms.Form):
    """A talk before or after the meeting, offered to members with lived experience."""

    kind = forms.ChoiceField(label=_("Which talk?"), choices=Talk.Kind, widget=Radios)
    day = DayMonthYearField(label=_("Date"), earliest=today)
    time = TimeOfDayField(
        label=_("Time"),
        help_text=_("For example, 10am or 2:30pm"),
        error_messages={"required": _("Enter the time")},
    )
    how = LineBox(
        label=_("Where or how?"),
        help_text=_("For example, by phone, or at the Made Up Hall."),
        max_length=200,
        widget=half(),
    )
    who = PersonChoice(label=_("With whom?"), queryset=Person.objects.none(), empty_label=_("Choose a person"))

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        set_rows(self, "who", people)

    @property
    def values(self):
        """Return the answers as the action takes them."""
        cleaned = self.cleaned_data
        moment = dt.datetime.combine(cleaned["day"], cleaned["time"], tzinfo=LONDON)
        return {"kind": cleaned["kind"], "starts_at": moment, "how": cleaned["how"], "who": cleaned["who"]}
