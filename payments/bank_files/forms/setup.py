"""Forms for the settings of a programme's files."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payments.bank_files import columns as bank_file_columns
from payments.bank_files.columns import MAX_COLUMNS, BankFileColumn, Layout
from payments.bank_files.journal import purposes
from payments.bank_files.models.setup import BankFileFormat, JournalFormat
from wellbeing.forms.choices import Radios
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.forms.fields import hide_optional, set_choices
from wellbeing.lib.texts import LineBox

_NUMERIC = {"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}


class PayingAccountForm(forms.Form):
    """The account the programme pays from."""

    account_name = LineBox(
        label=gettext_lazy("Name on the account"),
        help_text=gettext_lazy("People see the first 18 letters on their statement."),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Write the name on the account")},
    )
    sort_code = LineBox(
        label=gettext_lazy("Sort code"),
        max_length=20,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", **_NUMERIC}),
        error_messages={"required": gettext_lazy("Write the sort code")},
    )
    account_number = LineBox(
        label=gettext_lazy("Account number"),
        max_length=20,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", **_NUMERIC}),
        error_messages={"required": gettext_lazy("Write the account number")},
    )
    service_user_number = LineBox(
        label=gettext_lazy("Service User Number"),
        help_text=gettext_lazy("6 digits from your bank. Only Standard 18 files need it."),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", **_NUMERIC}),
    )
    effective_from = DayMonthYearField(
        label=gettext_lazy("From which day do you pay from it?"),
        initial=timezone.localdate,
        earliest=timezone.localdate,
    )


class ColumnForm(forms.Form):
    """One column of the bank file; left at no column, it is not there."""

    content = forms.ChoiceField(label=gettext_lazy("What it contains"), required=False)
    text = LineBox(label=gettext_lazy("The text, if it is always the same"), required=False, max_length=30)
    heading = LineBox(label=gettext_lazy("Heading, if not its usual one"), required=False, max_length=40)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        set_choices(self, "content", [("", _("No column")), *bank_file_columns.CONTENTS])
        hide_optional(self, "content", "text", "heading")


class BankFileFormatForm(forms.Form):
    """The layout of the bank file; its columns are in `column_forms`."""

    amount = forms.ChoiceField(label=gettext_lazy("Amounts in"), choices=BankFileFormat.Amount, widget=Radios)
    date_format = forms.ChoiceField(label=gettext_lazy("Dates written as"), choices=bank_file_columns.DATE_FORMATS)
    headings = forms.BooleanField(label=gettext_lazy("The first line contains headings"), required=False)
    capitals = forms.BooleanField(label=gettext_lazy("Names and texts in capitals"), required=False)

    def __init__(self, data=None, *, layout):
        super().__init__(
            data,
            initial={
                "amount": layout.amount,
                "date_format": layout.date_format,
                "headings": layout.headings,
                "capitals": layout.capitals,
            },
        )
        self.column_forms = []
        for index in range(MAX_COLUMNS):
            initial = vars(layout.columns[index]) if index < len(layout.columns) else {}
            self.column_forms.append(ColumnForm(data, prefix=f"column{index}", initial=initial))

    def is_valid(self):
        """Whether the form and every column are valid."""
        return all([super().is_valid(), *(form.is_valid() for form in self.column_forms)])

    @property
    def layout(self):
        """The Layout that was entered; after `is_valid`."""
        columns = [BankFileColumn(**form.cleaned_data) for form in self.column_forms if form.cleaned_data["content"]]
        return Layout(columns=tuple(columns), **self.cleaned_data)

    def add_action_error(self, error):
        """Put the error of an action beside the column it is about. Columns are counted without the empty ones."""
        used = [form for form in self.column_forms if form.cleaned_data["content"]]
        prefix, _dash, field = (error.field or "").partition("-")
        if field:
            used[int(prefix.removeprefix("column"))].add_error(field, str(error))
        else:
            self.add_error(None, str(error))

    @property
    def all_errors(self):
        """Whether the form or any column has errors."""
        return bool(self.errors or any(form.errors for form in self.column_forms))


class JournalFormatForm(forms.Form):
    """The accounts package, and an account code for each purpose."""

    package = forms.ChoiceField(
        label=gettext_lazy("Which accounting software do you use?"),
        choices=JournalFormat.Package,
        widget=Radios(
            hints={
                JournalFormat.Package.XERO: gettext_lazy(
                    "Xero takes no bank account in a journal: for the bank, give a clearing account."
                )
            }
        ),
    )
    by_claim = forms.BooleanField(
        label=gettext_lazy("A line for each claim"),
        help_text=gettext_lazy("Otherwise one line for each cost code and account."),
        required=False,
    )
    tax_code = LineBox(
        label=gettext_lazy("Tax rate or code"),
        help_text=gettext_lazy("As it is in your accounts, like “No VAT” in Xero or “T9” in Sage."),
        required=False,
        max_length=50,
    )
    tracking = LineBox(
        label=gettext_lazy("Tracking category for the cost code"),
        help_text=gettext_lazy("Xero only. Its name in Xero, if you track cost codes there."),
        required=False,
        max_length=50,
    )

    def __init__(self, data=None, *, row=None):
        initial = {"package": JournalFormat.Package.GENERIC}
        if row:
            initial = {"package": row.package, "by_claim": row.by_claim}
            initial |= {"tax_code": row.tax_code, "tracking": row.tracking}
            initial |= {f"code-{purpose}": code for purpose, code in row.codes.items()}
        super().__init__(data, initial=initial)
        for purpose, label in purposes():
            self.fields[f"code-{purpose}"] = LineBox(
                label=_("Account code: %(what)s") % {"what": label},
                required=False,
                max_length=40,
                widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"}),
            )
            hide_optional(self, f"code-{purpose}")

    @property
    def terms(self):
        """The arguments of `actions.setup.set_journal_layout`; after `is_valid`."""
        values = dict(self.cleaned_data)
        codes = {purpose: values.pop(f"code-{purpose}") for purpose, _label in purposes()}
        return {**values, "codes": codes}
