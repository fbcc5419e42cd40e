"""Forms about two records that may be one person."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from people.directory.forms import PersonChoice
from people.directory.models import Person
from programmes.doubles import queries
from wellbeing.forms.choices import Radios
from wellbeing.forms.fields import set_rows
from wellbeing.lib import phones

FROM_RECORD, FROM_PERSON = "record", "person"


def field_of(name: str) -> Any:
    """Return the field of a detail of a person."""
    return Person._meta.get_field(name)


def label_of(name: str) -> str:
    """Return what a detail of a person is called, as a heading."""
    return capfirst(str(field_of(name).verbose_name))


def shown(person: Person, name: str) -> str:
    """Return a detail of a person in words."""
    value: Any = getattr(person, name)
    if name == "phone":
        return phones.shown(value)
    if field_of(name).choices:
        return str(getattr(person, f"get_{name}_display")())
    return str(value) if value is not None else ""


class MergeForm(forms.Form):
    """Which details stay where two records differ: a question for each of them."""

    def __init__(self, *args, record, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.record, self.person = record, person
        self.names = [] if person.user_id else queries.differing(record, person)
        for name in self.names:
            usual = field_of(name).default == getattr(person, name)
            self.fields[name] = forms.ChoiceField(
                label=label_of(name),
                choices=[(FROM_PERSON, shown(person, name)), (FROM_RECORD, shown(record, name))],
                # A value that nobody chose gives way to one that somebody chose.
                initial=FROM_RECORD if usual else FROM_PERSON,
                widget=Radios,
            )

    @property
    def taken(self):
        """Return the names of the details that come from the record that goes."""
        return [name for name in self.names if self.cleaned_data.get(name) == FROM_RECORD]

    @property
    def chosen_in_words(self):
        """Return what was chosen, as (what it is, what stays)."""
        whose = {FROM_PERSON: self.person, FROM_RECORD: self.record}
        return [(label_of(name), shown(whose[self.cleaned_data[name]], name)) for name in self.names]


class OtherRecordForm(forms.Form):
    """The other record of the same person."""

    other = PersonChoice(
        queryset=Person.objects.none(),
        label=_("Which record is the same person?"),
        empty_label=_("Choose a record"),
        error_messages={"required": _("Choose a record")},
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        set_rows(self, "other", people)


class AnswerForm(forms.Form):
    """Whether a record is theirs."""

    answer = forms.ChoiceField(
        label=_("Is this record yours?"),
        choices=[("yes", _("Yes, put it together with mine")), ("no", _("No, this is somebody else"))],
        widget=Radios,
        error_messages={"required": _("Choose yes or no")},
    )

    def __init__(self, *args, name, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["answer"].help_text = _now("It has the name %(name)s.") % {"name": name}
