"""Forms about a programme and its partners."""

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from people.models import Organisation
from programmes.programme.forms.common import half, narrow, paragraph
from wellbeing.forms.choices import Radios
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.lib.phones import PhoneBox
from wellbeing.lib.texts import EmailBox, LineBox, WordsBox

APRIL = 4


class ProgrammeForm(forms.Form):
    """Details of a programme."""

    name = LineBox(label=_("Name"), max_length=150, widget=half())
    short_code = forms.RegexField(
        r"(?i)^[a-z]{2,6}$",
        max_length=6,
        label=_("Short code"),
        help_text=_("Two to six letters. It starts the reference of each claim and payment, such as WOW."),
        error_messages={"invalid": _("The short code is two to six letters, such as WOW")},
        widget=narrow(),
    )
    purpose = WordsBox(
        label=_("What it is for"),
        help_text=_("A few sentences that anyone in the programme can understand."),
        max_length=4000,
        required=False,
        widget=paragraph(),
    )
    host = LineBox(
        label=_("Who runs it"),
        help_text=_("The organisation that pays people. Its name is on every letter and statement."),
        max_length=150,
        required=False,
        widget=half(),
    )
    host_address = WordsBox(
        label=_("Its postal address"),
        help_text=_("It is printed on letters and statements."),
        max_length=500,
        max_lines=10,
        required=False,
        widget=paragraph(4),
    )
    host_number = LineBox(
        label=_("Its charity or company number"),
        help_text=_("As it is to be printed, such as Registered charity 1234567."),
        max_length=80,
        required=False,
        widget=half(),
    )
    letters_signed_by = LineBox(
        label=_("Name of who signs letters"),
        help_text=_("It is printed at the end of each letter. Leave it empty for letters without a name."),
        max_length=150,
        required=False,
        widget=half(),
    )
    letters_signed_as = LineBox(
        label=_("Their job"),
        help_text=_("Such as Head of finance."),
        max_length=150,
        required=False,
        widget=half(),
    )
    financial_year_starts = forms.TypedChoiceField(
        label=_("First month of its financial year"),
        help_text=_("Reports can be made for its financial years."),
        choices=list(MONTHS.items()),
        coerce=int,
        initial=APRIL,
        required=False,
        empty_value=None,
    )
    funder = LineBox(label=_("Funder"), max_length=150, widget=half())
    starts_on = DayMonthYearField(
        label=_("First day of funding"),
        help_text=_("For example, 1 4 2026"),
        error_messages={"required": _("Enter the first day of funding")},
    )
    ends_on = DayMonthYearField(
        label=_("Last day of funding"),
        help_text=_("For example, 31 3 2029"),
        error_messages={"required": _("Enter the last day of funding")},
    )
    cost_code = LineBox(
        label=_("Cost code"),
        help_text=_("Only staff and finance see this. It goes on every payment."),
        max_length=40,
        widget=narrow(),
    )
    contact_name = LineBox(
        label=_("Name of the person to ask"),
        help_text=_("Their name is on every message this programme sends."),
        max_length=150,
        widget=half(),
    )
    contact_email = EmailBox(
        label=_("Email address of the person to ask"),
        widget=forms.EmailInput(attrs={"class": "govuk-!-width-two-thirds"}),
    )
    contact_phone = PhoneBox(
        label=_("Phone number of the person to ask"),
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "type": "tel"}),
    )

    policy_needs_two_people = forms.BooleanField(
        label=_("A second member of staff confirms each new payment policy"),
        help_text=_("One asks for it to be published. Another publishes it, or sends it back with a reason."),
        required=False,
    )

    def clean_financial_year_starts(self):
        """Return the month, April where none was chosen."""
        return self.cleaned_data["financial_year_starts"] or APRIL

    def clean(self):
        """Also refuse an end before the beginning, and a job without its name."""
        super().clean()
        cleaned = self.cleaned_data
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on <= starts_on:
            self.add_error("ends_on", _("The last day of funding must come after the first day"))
        if cleaned.get("letters_signed_as") and "letters_signed_by" in cleaned and not cleaned["letters_signed_by"]:
            self.add_error("letters_signed_by", _("Enter the name of who has this job"))
        return cleaned


class PartnerForm(forms.Form):
    """An organisation that takes part in a programme."""

    name = LineBox(
        label=_("Name of the organisation"),
        help_text=_("If we know it already, its details stay as they are."),
        max_length=200,
        widget=half(),
    )
    kind = forms.ChoiceField(
        label=_("What kind of organisation it is"),
        choices=Organisation.Kind,
        initial=Organisation.Kind.CHARITY,
        widget=Radios,
    )
    about = WordsBox(label=_("What it does"), max_length=2000, required=False, widget=paragraph(3))
