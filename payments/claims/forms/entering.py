"""Forms to make a claim: for work that was no event, one question each; and for staff who enter one for somebody."""

from decimal import Decimal

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payments.claims import queries
from payments.claims.models.claim import Claim
from payments.policy import wording as policy_wording
from payments.policy.fields import hours_field
from payments.policy.models.kinds import Activity
from wellbeing.forms.choices import Radios
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.forms.fields import hide_optional, make_heading, set_choices
from wellbeing.lib.dates import long_date
from wellbeing.lib.texts import LineBox

MAX_HOURS = Decimal(24)
EVENT, ACTIVITY = "event", "activity"


def _hours_field(**kwargs):
    return hours_field(
        help_text=gettext_lazy("Such as 2, 1.5, 1:30 or 90 minutes."),
        most=MAX_HOURS,
        messages={
            "required": gettext_lazy("Enter how long it took"),
            "max_value": gettext_lazy("Enter 24 hours or fewer. Make a claim for each day."),
        },
        **kwargs,
    )


class ProgrammeForm(forms.Form):
    """The programme a claim is for, for people in several."""

    programme = forms.ChoiceField(label=gettext_lazy("Which programme is it for?"), widget=Radios)

    def __init__(self, *args, programmes, **kwargs):
        super().__init__(*args, **kwargs)
        set_choices(self, "programme", [(programme.slug, programme.name) for programme in programmes])
        make_heading(self, "programme")


class ActivityForm(forms.Form):
    """Ask which work it was. `activities` comes from `claims.queries.activities_apart`."""

    activity = forms.ChoiceField(label=gettext_lazy("What did you do?"), widget=Radios)

    def __init__(self, *args, activities, **kwargs):
        super().__init__(*args, **kwargs)
        set_choices(self, "activity", [(activity.value, activity.label) for activity, _version in activities])
        field = self.fields["activity"]
        field.widget.hints = activity_hints(activities)
        if not field.widget.hints:
            field.help_text = what_is_paid(*activities[0])
        make_heading(self, "activity")


def activity_hints(activities):
    """Say the pay for each activity, by its value; {} where all are paid the same, which the form says once."""
    hints = {activity.value: what_is_paid(activity, version) for activity, version in activities}
    return hints if len(set(hints.values())) > 1 else {}


def what_is_paid(activity, version):
    """Say the pay of `version` for time at `activity`, in whole sentences."""
    return " ".join(policy_wording.rule_sentences(version.fee_rule_for(activity)))


class DayForm(forms.Form):
    """The day on which somebody did it: today or before."""

    day = DayMonthYearField(
        label=gettext_lazy("Which day was it?"),
        help_text=gettext_lazy("For example, 27 3 2026. If it took more than one day, make a claim for each day."),
        latest=timezone.localdate,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        make_heading(self, "day")


class HoursForm(forms.Form):
    """The hours it took."""

    hours = _hours_field(label=gettext_lazy("How long did it take?"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        make_heading(self, "hours")


class WhatForm(forms.Form):
    """The work in the person's words."""

    description = LineBox(
        label=gettext_lazy("What was it?"),
        help_text=gettext_lazy("A few words, such as: I read the draft report and sent comments."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        make_heading(self, "description")


class EnterForm(forms.Form):
    """A claim staff enter for somebody who rings up or writes. `values` are arguments of `actions.entering.enter`."""

    how = forms.ChoiceField(
        label=gettext_lazy("How did they ask you?"), choices=Claim.EnteredHow.choices, widget=Radios
    )
    what = forms.ChoiceField(label=gettext_lazy("What is the claim for?"), widget=Radios)
    day = DayMonthYearField(
        label=gettext_lazy("Which day was it?"),
        help_text=gettext_lazy("If you chose an event, leave this and the next two questions empty."),
        latest=timezone.localdate,
        required=False,
    )
    hours = _hours_field(label=gettext_lazy("How long did it take?"), required=False)
    description = LineBox(
        label=gettext_lazy("What was it?"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args, person, programme, **kwargs):
        super().__init__(*args, **kwargs)
        self.events = {f"{EVENT}-{event.pk}": event for event in queries.events_to_enter(person, programme)}
        activities = queries.activities_apart(programme, timezone.localdate())
        choices = [
            *((value, event.title) for value, event in self.events.items()),
            *((f"{ACTIVITY}-{activity.value}", activity.label) for activity, _version in activities),
        ]
        set_choices(self, "what", choices)
        self.fields["what"].widget.hints = {
            value: _("They came on %(day)s.") % {"day": long_date(event.day)} for value, event in self.events.items()
        } | {f"{ACTIVITY}-{value}": hint for value, hint in activity_hints(activities).items()}
        hide_optional(self, "day", "hours", "description")

    def clean(self):
        """Refuse work that was no event without its day, its hours and what it was."""
        super().clean()
        data = self.cleaned_data
        if data.get("what", "").startswith(ACTIVITY):
            for name, sentence in (
                ("day", _("Enter the day")),
                ("hours", _("Enter how long it took")),
                ("description", _("Say what it was")),
            ):
                if name not in self.errors and not data.get(name):
                    self.add_error(name, sentence)
        return data

    @property
    def values(self):
        """The arguments of `actions.entering.enter` about the claim."""
        data = self.cleaned_data
        event = self.events.get(data["what"])
        if event:
            return {"how": data["how"], "event": event}
        return {
            "how": data["how"],
            "activity": data["what"].removeprefix(f"{ACTIVITY}-"),
            "on": data["day"],
            "hours": data["hours"],
            "description": data["description"],
        }


def activity_called(value):
    """Return the Activity that an address names, or None."""
    return Activity(value) if value in Activity.values else None
