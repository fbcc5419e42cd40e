"""Forms about a person: contact details and access needs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.actions.people import DETAILS
from people.models import AccessNeed, Organisation, Person
from wellbeing.forms import Radios
from wellbeing.lib.texts import EmailBox, LineBox, WordsBox

_AUTOCOMPLETE = {
    "full_name": "name",
    "known_as": "nickname",
    "phone": "tel",
    "postal_address": "street-address",
}


class PersonForm(forms.ModelForm):
    """What we hold about a person and how to reach them. The form only reads; actions write."""

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
        self.fields["channel"].choices = Person.Channel.choices
        self.fields["letter_size"].choices = Person.LetterSize.choices

    def _post_clean(self):
        """Leave the instance and its unique address alone: the action decides about both, under a lock."""


class YourDetailsForm(PersonForm):
    """The same, for one's own details. The address to sign in with is changed on a page of its own."""

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

    organisation = None

    def __init__(self, *args, **kwargs):
        super(PersonForm, self).__init__(*args, **kwargs)
        for name, value in _AUTOCOMPLETE.items():
            if name in self.fields:
                self.fields[name].widget.attrs["autocomplete"] = value
        self.fields["channel"].choices = Person.Channel.choices
        self.fields["letter_size"].choices = Person.LetterSize.choices


class AskForAddressForm(forms.Form):
    """A new sign-in address for somebody, and how it was made sure that they asked for it."""

    new_address = EmailBox(
        label=_("The new email address"),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"invalid": _("Enter an email address, like name@example.org")},
    )
    how = WordsBox(
        label=_("How did you make sure that they asked for this?"),
        help_text=_("For example: “They rang from the number we have, and I rang back.”"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AgreeToAddressForm(forms.Form):
    """How a second colleague made sure that somebody asked for a new sign-in address."""

    how = WordsBox(
        label=_("How did you make sure?"),
        help_text=_("Ask the person yourself, by a phone number or in a way you knew before. Write down how."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AccessNeedsForm(forms.Form):
    """One tick box for each kind of need, with room for a few words. `person` gives what is recorded now."""

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        recorded = {}
        for need in person.access_needs.all():
            recorded.setdefault(need.kind, []).append(need.detail)
        for kind, label in AccessNeed.Kind.choices:
            self.fields[kind] = forms.BooleanField(label=label, required=False, initial=kind in recorded)
            self.fields[f"{kind}_detail"] = LineBox(
                label=_("More about it: %s") % label,
                required=False,
                max_length=300,
                initial="; ".join(filter(None, recorded.get(kind, []))),
            )
            self.fields[kind].hide_optional = True

    def pairs(self):
        """Each kind's tick box and words, as bound fields, for the template."""
        return [(self[kind], self[f"{kind}_detail"]) for kind in AccessNeed.Kind.values]

    def needs(self):
        """What was answered, as (kind, detail). Words without a tick count as a tick: nobody writes them for fun."""
        return [
            (kind, self.cleaned_data[f"{kind}_detail"])
            for kind in AccessNeed.Kind.values
            if self.cleaned_data[kind] or self.cleaned_data[f"{kind}_detail"].strip()
        ]
