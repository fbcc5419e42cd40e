"""The form that plans a meeting of a group, with talks around it, in one step."""

import datetime as dt
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from events.meetings.actions.planning import PlannedTalk
from events.meetings.models import Talk
from events.planning.forms import EventForm
from people.directory.forms import PersonChoice
from people.models import Person
from programmes.groups import queries as group_queries
from programmes.programme.forms.common import half
from programmes.programme.rules import can_manage_programme
from wellbeing.forms.choices import Checkboxes
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.forms.fields import set_rows
from wellbeing.forms.times import TimeOfDayField
from wellbeing.lib.dates import today
from wellbeing.lib.texts import LineBox

LONDON = ZoneInfo("Europe/London")


class MeetingForm(EventForm):
    """A meeting of a group: an event whose kind and group are known, and the talks offered around it."""

    talks_wanted = forms.MultipleChoiceField(
        label=_("Which talks do you offer members with lived experience?"),
        help_text=_("Their invitation says when each is, and that they can say yes or no thanks."),
        choices=Talk.Kind,
        required=False,
        widget=Checkboxes,
    )
    before_day = DayMonthYearField(label=_("Day of the talk before the meeting"), required=False, earliest=today)
    before_time = TimeOfDayField(label=_("Time of the talk before the meeting"), required=False)
    after_day = DayMonthYearField(label=_("Day of the talk after the meeting"), required=False, earliest=today)
    after_time = TimeOfDayField(label=_("Time of the talk after the meeting"), required=False)
    talk_how = LineBox(
        label=_("Where or how are the talks?"),
        help_text=_("For example, by phone, or at the Made Up Hall."),
        max_length=200,
        required=False,
        widget=half(),
    )
    talk_who = PersonChoice(
        label=_("With whom are the talks?"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("Choose a person"),
    )

    def __init__(self, *args, user, group, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        del self.fields["kind"], self.fields["group"]
        self.fields["title"].label = now_("Name of the meeting")
        self.fields["purpose"].label = now_("What is the meeting for?")
        self.initial.setdefault("title", group.name)
        set_rows(self, "talk_who", group_queries.people_of(group, today()))
        organiser = self.fields["organiser"]
        assert isinstance(organiser, PersonChoice)
        assert organiser.queryset is not None
        if not can_manage_programme(user, group.programme):
            # Staff of the programme send the invitations and answer the questions of those invited.
            staff = organiser.queryset.exclude(pk=user.person.pk)
            if staff.exists():
                set_rows(self, "organiser", staff)
                self.initial.pop("organiser", None)

    def clean(self):
        """Ask for day, time, place and person of each talk that is ticked."""
        cleaned = super().clean()
        wanted = cleaned.get("talks_wanted") or []
        for kind in wanted:
            for part, sentence in (("day", now_("Enter the day of the talk")), ("time", now_("Enter the time"))):
                self._ask(f"{kind}_{part}", sentence)
        if wanted:
            self._ask("talk_how", now_("Enter where or how the talks are"))
            self._ask("talk_who", now_("Choose who the talks are with"))
        return cleaned

    @property
    def talks(self):
        """Return the talks that are ticked, as the action takes them."""
        cleaned = self.cleaned_data
        return [
            PlannedTalk(
                kind,
                dt.datetime.combine(cleaned[f"{kind}_day"], cleaned[f"{kind}_time"], tzinfo=LONDON),
                cleaned["talk_how"],
                cleaned["talk_who"],
            )
            for kind in cleaned["talks_wanted"]
        ]

    @property
    def values(self):
        """Return the answers about the event as the action takes them."""
        own = {name for name in MeetingForm.declared_fields if name not in EventForm.declared_fields}
        return {name: value for name, value in super().values.items() if name not in own}

    def _ask(self, name, sentence):
        if name not in self.errors and not self.cleaned_data.get(name):
            self.add_error(name, sentence)
