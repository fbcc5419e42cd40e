"""Forms with which colleagues say how somebody was told, and the box of the demo's phones."""

import datetime as dt

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from people.messages.models import Call
from wellbeing.forms.choices import Radios
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.forms.times import TimeOfDayField
from wellbeing.lib.texts import LineBox, WordsBox

AGAIN = (Call.Outcome.NO_ANSWER, Call.Outcome.LATER)


class CallForm(forms.Form):
    """How a call ended, and when to ring again."""

    outcome = forms.ChoiceField(label=_("How did the call end?"), choices=Call.Outcome.choices, widget=Radios)
    note = LineBox(
        label=_("Anything your colleagues should know"),
        help_text=_("For example: “Her son answered. She is back on Friday.”"),
        max_length=300,
        required=False,
    )
    day = DayMonthYearField(label=_("Ring again on"), required=False)
    time = TimeOfDayField(label=_("At"), required=False)

    def clean(self):
        """Put the day and time together; a time without a day is today, or tomorrow where it has gone by."""
        cleaned = super().clean() or {}
        day, time = cleaned.get("day"), cleaned.get("time")
        cleaned["ring_at"] = None
        if cleaned.get("outcome") not in AGAIN or not (day or time):
            return cleaned
        now = timezone.localtime()
        moment = timezone.make_aware(dt.datetime.combine(day or now.date(), time or dt.time(9)))
        if day is None and moment < now:
            moment += dt.timedelta(days=1)
        if moment < now - dt.timedelta(days=1):
            self.add_error("day", _now("This day has gone by. Enter today or a later day."))
        cleaned["ring_at"] = moment
        return cleaned

    @property
    def values(self):
        """Return the arguments of `actions.record_call`."""
        return {name: self.cleaned_data[name] for name in ("outcome", "note", "ring_at")}


class ToldForm(forms.Form):
    """How somebody was told by a colleague."""

    how = LineBox(
        label=_("How did you tell them?"),
        help_text=_("For example: “They came to the office.”"),
        max_length=300,
    )


class DemoAnswerForm(forms.Form):
    """A text message written on a phone of the demo."""

    words = WordsBox(
        label=_("Answer as this phone"),
        help_text=_("For example YES, NO, STOP, or a question."),
        max_length=900,
        error_messages={"required": _("Write a text message")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class WriteForm(forms.Form):
    """Ask for the words a colleague writes to people, and when to send them; `token` stops a second write."""

    subject = LineBox(label=_("What is it about?"), max_length=150)
    words = WordsBox(
        label=_("What do you want to tell them?"),
        help_text=_(
            "Leave an empty line between paragraphs. {name} becomes the name of each person; {programme}, {contact} and"
            " {phone} become those of your programme. We add “Hello” and their name at the top."
        ),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    day = DayMonthYearField(label=_("Not before"), required=False, help_text=_("Leave empty to send it now."))
    time = TimeOfDayField(label=_("At"), required=False)
    token = LineBox(max_length=40, widget=forms.HiddenInput)

    def clean(self):
        """Put the day and time together: nine in the morning where only a day is given."""
        cleaned = super().clean() or {}
        day, time = cleaned.get("day"), cleaned.get("time")
        cleaned["not_before"] = None
        if time and not day and "day" not in self.errors:
            self.add_error("day", _now("Enter the day as well."))
        if day:
            moment = timezone.make_aware(dt.datetime.combine(day, time or dt.time(9)))
            if moment < timezone.now():
                self.add_error("day", _now("This time has gone by. Enter a later one, or none."))
            cleaned["not_before"] = moment
        return cleaned


class CameBackForm(forms.Form):
    """Why a letter came back."""

    reason = LineBox(
        label=_("What is written on the envelope?"),
        help_text=_("For example: “Gone away”. We will not post letters to this address until somebody changes that."),
        max_length=300,
        error_messages={"required": _("Say what is written on the envelope")},
    )
