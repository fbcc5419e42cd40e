"""Forms for a person's contact details."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.directory import queries
from people.directory.actions import DETAILS
from people.directory.models import Organisation, Person
from wellbeing.forms.choices import Radios
from wellbeing.lib.types import PersonId

_AUTOCOMPLETE = {
    "full_name": "name",
    "known_as": "nickname",
    "phone": "tel",
    "postal_address": "street-address",
}


class _NamesakesToldApart(forms.ModelChoiceField):
    """Names of people to choose from; those who share theirs get what tells them apart."""

    _told: tuple[Any, dict[PersonId, str]] = (None, {})

    def label_from_instance(self, obj):
        # Asked once for each set of rows, whatever their number.
        assert self.queryset is not None
        if self._told[0] is not self.queryset:
            self._told = (self.queryset, queries.namesakes_among(self.queryset))
        obj.told_apart_by = self._told[1].get(obj.pk, "")
        return obj.name_in_list


class PersonChoice(_NamesakesToldApart):
    """A choice of one person."""


class PeopleChoice(_NamesakesToldApart, forms.ModelMultipleChoiceField):
    """A choice of any number of people."""


class PersonForm(forms.ModelForm):
    """Details of a person and how to reach them. The form only reads; actions write."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.all(),
        label=_("Organisation"),
        required=False,
        empty_label=_("None"),
        help_text=_("A charity or health body, if they come from one."),
    )

    class Meta:
        model = Person
        # The address somebody signs in with is asked for on a page of its own.
        fields = [name for name in DETAILS if name != "email"]
        widgets = {
            "channel": Radios,
            "letter_size": Radios,
            "postal_address": forms.Textarea(attrs={"rows": 4}),
            "phone": forms.TextInput(attrs={"type": "tel"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, choices in (("channel", Person.Channel.choices), ("letter_size", Person.LetterSize.choices)):
            field = self.fields[name]
            # A field of the model with choices.
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def _post_clean(self):
        """Leave the instance and its unique address alone: the action decides about both, under a lock."""


class YourDetailsForm(PersonForm):
    """The same for one's own details. The address to sign in with is changed on a page of its own."""

    class Meta(PersonForm.Meta):
        fields = ["full_name", "known_as", "phone", "postal_address", "channel", "letter_size", "about"]
        labels = {
            "full_name": _("Your full name"),
            "known_as": _("What you like to be called"),
            "phone": _("Your phone number"),
            "postal_address": _("Your postal address"),
            "channel": _("How should we reach you?"),
            "letter_size": _("How should we print letters for you?"),
            "about": _("About you, in your own words"),
        }
        help_texts = {
            "known_as": _("The name we use when we write to you."),
            "about": _("Only what you are happy for staff to read."),
        }

    organisation = None  # type: ignore[assignment]  # Django leaves the field of the parent out

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, value in _AUTOCOMPLETE.items():
            if name in self.fields:
                self.fields[name].widget.attrs["autocomplete"] = value
