"""Forms about whom to invite: a saved list, and how often somebody wishes to be asked."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.choosing import queries
from events.choosing.models import MOST_INVITATIONS, MOST_MONTHS
from people.directory.forms import PersonChoice
from people.models import Person
from wellbeing.forms.fields import hide_optional, set_choices, set_rows
from wellbeing.lib.dates import short_date
from wellbeing.lib.texts import LineBox


class ListNameForm(forms.Form):
    """The name of a saved list."""

    name = LineBox(
        label=gettext_lazy("Name of the list"),
        help_text=gettext_lazy("All staff of the programme can see and use it."),
        max_length=100,
        error_messages={"required": gettext_lazy("Enter a name for the list")},
    )


class SaveListForm(ListNameForm):
    """Where to save those who were chosen: a new list, or one there is."""

    def __init__(self, *args, programme, with_people, **kwargs):
        super().__init__(*args, **kwargs)
        lists = list(queries.lists_of(programme).filter(query="")) if with_people else []
        self.lists = {str(row.pk): row for row in lists}
        if not lists:
            return
        self.fields["saved_list"] = forms.ChoiceField(
            label=_("Which list?"),
            choices=[("", _("A new list")), *((key, row.name) for key, row in self.lists.items())],
            required=False,
        )
        self.order_fields(["saved_list", "name"])
        self.fields["name"].required = False
        self.fields["name"].label = _("Name of the new list")
        hide_optional(self, "saved_list", "name")

    def clean(self):
        """A new list needs a name; one that exists keeps its own."""
        super().clean()
        if not self.cleaned_data.get("saved_list") and not self.cleaned_data.get("name") and "name" not in self.errors:
            self.add_error("name", _("Enter a name for the list"))
        return self.cleaned_data

    @property
    def chosen(self):
        """Return the list that was chosen, or None for a new one."""
        return self.lists.get(self.cleaned_data.get("saved_list", ""))


class AddPersonForm(forms.Form):
    """Somebody of the programme to put on a saved list."""

    person = PersonChoice(label=gettext_lazy("Add somebody"), queryset=Person.objects.none())

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        set_rows(self, "person", people.order_by("sort_key", "pk"))


class LimitForm(forms.Form):
    """How often somebody wishes to be invited. Both empty: there is no limit."""

    number = forms.IntegerField(
        label=gettext_lazy("At most how many invitations?"),
        help_text=gettext_lazy("Enter 0 for none at present. Leave both empty for no limit."),
        min_value=0,
        max_value=MOST_INVITATIONS,
        required=False,
    )
    months = forms.IntegerField(
        label=gettext_lazy("In how many months?"),
        help_text=gettext_lazy("For example, 2 invitations in 6 months."),
        min_value=1,
        max_value=MOST_MONTHS,
        required=False,
    )

    def __init__(self, *args, limit=None, **kwargs):
        if limit is not None:
            kwargs.setdefault("initial", {"number": limit.number, "months": limit.months})
        super().__init__(*args, **kwargs)
        hide_optional(self, *self.fields)

    def clean(self):
        """Both or none; no invitations at all need no months."""
        super().clean()
        cleaned = self.cleaned_data
        if self.errors:
            return cleaned
        number, months = cleaned["number"], cleaned["months"]
        if number == 0 and months is None:
            cleaned["months"] = 1
        elif number is not None and months is None:
            self.add_error("months", _("Enter in how many months"))
        elif number is None and months is not None:
            self.add_error("number", _("Enter how many invitations, or leave both empty"))
        return cleaned


class EventChoiceForm(forms.Form):
    """The event to which several people are invited."""

    event = forms.ChoiceField(label=gettext_lazy("Which event?"))

    def __init__(self, *args, events, **kwargs):
        super().__init__(*args, **kwargs)
        self.events = {str(event.pk): event for event in events}
        choices = [(key, f"{event.title}, {short_date(event.starts_at)}") for key, event in self.events.items()]
        set_choices(self, "event", [("", _("Choose an event")), *choices])

    @property
    def chosen(self):
        """Return the event that was chosen."""
        return self.events[self.cleaned_data["event"]]
