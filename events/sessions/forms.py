"""The form of a session."""

from django import forms
from django.utils.translation import gettext_lazy as _

from events.sessions import queries
from events.sessions.models import Technique
from people.directory.forms import PeopleChoice
from people.models import Person
from wellbeing.forms.choices import Checkboxes, Radios
from wellbeing.forms.fields import hide_optional, set_choices, set_rows
from wellbeing.forms.times import TimeOfDayField
from wellbeing.lib.dates import day_and_times
from wellbeing.lib.texts import LineBox, UrlBox, WordsBox


class SessionForm(forms.Form):
    """Add or change a session. Its cleaned answers are the arguments of the actions `add` and `edit`."""

    title = LineBox(label=_("Title"), max_length=150)
    day = forms.TypedChoiceField(label=_("On which day?"), coerce=int, widget=Radios())
    starts = TimeOfDayField(
        label=_("From"),
        help_text=_("For example, 10am or 2:30pm"),
        error_messages={"required": _("Enter when it starts")},
    )
    ends = TimeOfDayField(label=_("To"), error_messages={"required": _("Enter when it ends")})
    aim = WordsBox(
        label=_("What is it for?"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": "3"})
    )
    technique = forms.ModelChoiceField(
        label=_("Way of working"),
        queryset=Technique.objects.none(),
        required=False,
        empty_label=_("None in particular"),
    )
    new_technique = LineBox(
        label=_("Another way of working"),
        help_text=_("It joins the list of your programme."),
        max_length=100,
        required=False,
    )
    room = LineBox(label=_("Room"), max_length=100, required=False)
    link = UrlBox(
        label=_("Link to a breakout room"),
        help_text=_("Only people who are coming see it."),
        max_length=2000,
        required=False,
        assume_scheme="https",
    )
    facilitators = PeopleChoice(
        label=_("Who runs it?"),
        help_text=_("Staff, and people who are invited. They count as helping to run the event."),
        queryset=Person.objects.none(),
        required=False,
        widget=Checkboxes,
    )
    co_facilitators = PeopleChoice(
        label=_("Who runs it beside them?"), queryset=Person.objects.none(), required=False, widget=Checkboxes
    )

    def __init__(self, *args, event, session=None, **kwargs):
        already = []
        if session is not None:
            rows = list(session.facilitators.all())
            already = [row.person_id for row in rows]
            kwargs["initial"] = {
                **{name: getattr(session, name) for name in ("title", "day", "starts", "ends", "aim", "room", "link")},
                "technique": session.technique_id,
                "facilitators": [row.person_id for row in rows if not row.is_co],
                "co_facilitators": [row.person_id for row in rows if row.is_co],
            }
        super().__init__(*args, **kwargs)
        days = event.days
        if len(days) == 1:
            del self.fields["day"]
        else:
            set_choices(self, "day", [(each.number, _day_words(each)) for each in days])
        set_rows(self, "technique", queries.techniques_for(event))
        people = queries.who_may_run(event, already)
        for name in ("facilitators", "co_facilitators"):
            set_rows(self, name, people)
        hide_optional(self, "facilitators", "co_facilitators")


def _day_words(day):
    return day_and_times(day.starts_at, day.ends_at)
