"""Forms for bank details, their confirmation and name checks."""

from django import forms
from django.utils.translation import gettext_lazy

from payments.payees.models.name_checks import NameCheck
from wellbeing.forms.choices import Radios
from wellbeing.lib.texts import LineBox, WordsBox


class BankDetailsForm(forms.Form):
    """The account a person is paid into, as they copy it from their card or statement."""

    account_name = LineBox(
        label=gettext_lazy("Name on the account"),
        help_text=gettext_lazy("As it is on your bank card or statement."),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Write the name on the account")},
    )
    sort_code = LineBox(
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
    account_number = LineBox(
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
    roll_number = LineBox(
        label=gettext_lazy("Building society roll number"),
        help_text=gettext_lazy("Only if you have one. It is on your card, statement or passbook."),
        required=False,
        max_length=24,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        if data is not None and "sure" in data:
            self.ask_whether_sure()

    def ask_whether_sure(self):
        """Also ask whether numbers that look wrong are to be kept."""
        self.fields["sure"] = forms.BooleanField(
            required=False, label=gettext_lazy("I have checked. These are the numbers on my card or statement.")
        )


class ConfirmBankDetailsForm(forms.Form):
    """The way in which the details were checked, and which details they were."""

    how = WordsBox(
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


class SeenDetailsForm(forms.Form):
    """The bank details that a button is about: those its reader saw."""

    seen = forms.DateTimeField(widget=forms.HiddenInput)


class NameCheckForm(forms.Form):
    """The bank's answer whether name and account belong together."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What did the bank say?"),
        choices=NameCheck.Outcome,
        widget=Radios(
            hints={
                NameCheck.Outcome.MATCH: gettext_lazy("The name belongs to the account."),
                NameCheck.Outcome.CLOSE_MATCH: gettext_lazy("Nearly the same name. The bank shows you which."),
                NameCheck.Outcome.NO_MATCH: gettext_lazy(
                    "The name is not the name on the account, or there is no such account."
                ),
                NameCheck.Outcome.UNAVAILABLE: gettext_lazy("The bank could not check."),
            }
        ),
        error_messages={"required": gettext_lazy("Choose what the bank said")},
    )
    name_returned = LineBox(
        label=gettext_lazy("Name the bank gave"),
        help_text=gettext_lazy("If it gave one."),
        required=False,
        max_length=140,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    seen = forms.DateTimeField(widget=forms.HiddenInput)


class OverrideNameCheckForm(forms.Form):
    """The reason why an account is right although the bank said that the name does not match."""

    reason = WordsBox(
        label=gettext_lazy("Why is the account right?"),
        help_text=gettext_lazy("For example: a letter from the bank shows the name from before the marriage."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why the account is right all the same")},
    )
    seen = forms.DateTimeField(widget=forms.HiddenInput)
