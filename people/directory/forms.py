"""Forms for a person's contact details."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from people.directory import queries
from people.directory.actions import DETAILS
from people.directory.models import Organisation, Person, Supporter
from wellbeing.forms.choices import Radios
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.forms.fields import set_rows
from wellbeing.lib import languages
from wellbeing.lib.languages import Language
from wellbeing.lib.types import PersonId

_AUTOCOMPLETE = {
    "full_name": "name",
    "known_as": "nickname",
    "phone": "tel",
    "postal_address": "street-address",
    "job_title": "organization-title",
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

    SUPPORTER = Person.Channel.SUPPORTER.label
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
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
            "second_channel": Radios,
            "call_time": Radios,
            "letter_size": Radios,
            "postal_address": forms.Textarea(attrs={"rows": 4}),
            "phone": forms.TextInput(attrs={"type": "tel"}),
        }

    def __init__(self, *args, organisations=None, **kwargs):
        super().__init__(*args, **kwargs)
        if "organisation" in self.fields:
            # Those the reader may know of, and the one the person belongs to already.
            there = Organisation.objects.filter(pk=self.instance.organisation_id)
            set_rows(self, "organisation", there if organisations is None else (organisations | there).distinct())
        for name in ("call_time", "language"):
            self.fields[name].required = False
        channels = [
            (value, self.SUPPORTER if value == Person.Channel.SUPPORTER else label)
            for value, label in Person.Channel.choices
        ]
        for name, choices in (
            ("channel", channels),
            ("second_channel", [("", _("There is no other way")), *channels]),
            ("call_time", Person.CallTime.choices),
            ("letter_size", Person.LetterSize.choices),
            ("language", languages.to_choose()),
        ):
            field = self.fields[name]
            # A field of the model with choices.
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def clean_call_time(self):
        """Return when to ring: any time, where nothing was chosen."""
        return self.cleaned_data["call_time"] or Person.CallTime.ANY

    def clean_language(self):
        """Return the language they read: English, where nothing was chosen."""
        return self.cleaned_data["language"] or Language.ENGLISH

    def _post_clean(self):
        """Leave the instance and its unique address alone: the action decides about both, under a lock."""


class YourDetailsForm(PersonForm):
    """The same for one's own details. The address to sign in with is changed on a page of its own."""

    class Meta(PersonForm.Meta):
        fields = [
            "full_name",
            "known_as",
            "phone",
            "postal_address",
            "job_title",
            "channel",
            "second_channel",
            "call_time",
            "letter_size",
            "language",
            "about",
        ]
        labels = {
            "full_name": _("Your full name"),
            "known_as": _("What you like to be called"),
            "phone": _("Your phone number"),
            "postal_address": _("Your postal address"),
            "job_title": _("Your job title"),
            "channel": _("How should we reach you?"),
            "second_channel": _("And if that does not work?"),
            "call_time": _("When may we ring you?"),
            "letter_size": _("How should we print letters for you?"),
            "language": _("Which language do you like to read?"),
            "about": _("About you, in your own words"),
        }
        help_texts = {
            "known_as": _("The name we use when we write to you."),
            "job_title": _("What you do at your organisation, if you come from one."),
            "about": _("Only what you are happy for staff to read."),
        }

    SUPPORTER = _("Through somebody who supports me")
    organisation = None  # type: ignore[assignment]  # Django leaves the field of the parent out

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, value in _AUTOCOMPLETE.items():
            if name in self.fields:
                self.fields[name].widget.attrs["autocomplete"] = value


class SupporterForm(forms.ModelForm):
    """The supporter through whom a person is reached. The form only reads; an action writes."""

    consent_on = DayMonthYearField(label=_("When did they agree to this?"))

    class Meta:
        model = Supporter
        fields = ["name", "relationship", "channel", "email", "phone", "postal_address", "consent_on", "consent_how"]
        widgets = {
            "channel": Radios,
            "postal_address": forms.Textarea(attrs={"rows": 4}),
            "phone": forms.TextInput(attrs={"type": "tel"}),
        }
        labels = {
            "name": _("Name of the supporter"),
            "relationship": _("Who are they?"),
            "channel": _("How should we reach them?"),
            "email": _("Their email address"),
            "phone": _("Their phone number"),
            "postal_address": _("Their postal address"),
            "consent_how": _("How did they agree?"),
        }

    def __init__(self, *args, own, **kwargs):
        super().__init__(*args, **kwargs)
        channel = self.fields["channel"]
        # A field of the model with choices.
        assert isinstance(channel, forms.ChoiceField)
        channel.choices = Supporter.Channel.choices
        if own:
            # To fill it in for oneself is to agree.
            del self.fields["consent_on"], self.fields["consent_how"]
        self.own = own

    def clean(self):
        """Say of somebody who fills it in for themselves when and how they agreed."""
        cleaned = super().clean() or {}
        if self.own:
            cleaned |= {"consent_on": timezone.localdate(), "consent_how": _now("They filled this in themselves.")}
        return cleaned

    def _post_clean(self):
        """Leave the instance alone: the action decides, under a lock."""
