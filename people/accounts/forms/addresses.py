"""Forms to ask for a new sign-in address and to agree to it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wellbeing.lib.texts import EmailBox, WordsBox


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
