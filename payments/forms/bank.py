"""Forms about bank details and the bank file. What a sort code looks like is the action's to say."""

from django import forms
from django.utils.translation import gettext_lazy


class BankDetailsForm(forms.Form):
    """The account a person is paid into, as they copy it from their card or statement."""

    account_name = forms.CharField(
        label=gettext_lazy("Name on the account"),
        help_text=gettext_lazy("As it is on your bank card or statement."),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Write the name on the account")},
    )
    sort_code = forms.CharField(
        label=gettext_lazy("Sort code"),
        help_text=gettext_lazy("6 digits, like 08-99-99. It is on your bank card or statement."),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "class": "govuk-input--width-5",
                "inputmode": "numeric",
                "autocomplete": "off",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": gettext_lazy("Write the sort code")},
    )
    account_number = forms.CharField(
        label=gettext_lazy("Account number"),
        help_text=gettext_lazy("6 to 8 digits. Not the long number across your card."),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "class": "govuk-input--width-10",
                "inputmode": "numeric",
                "autocomplete": "off",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": gettext_lazy("Write the account number")},
    )


class ConfirmBankDetailsForm(forms.Form):
    """How the details were checked, and which details they were."""

    how = forms.CharField(
        label=gettext_lazy("How did you check?"),
        help_text=gettext_lazy(
            "Use a contact you had before, never one that came with the change."
            " For example: I rang the number in our records and they read me the details."
        ),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say how you checked")},
    )
    seen = forms.DateTimeField(widget=forms.HiddenInput)


class BankFileForm(forms.Form):
    """A file that was downloaded before is handed out again only on purpose."""

    again = forms.BooleanField(
        required=False, label=gettext_lazy("I know it was downloaded before, and it will not be sent to the bank twice")
    )
