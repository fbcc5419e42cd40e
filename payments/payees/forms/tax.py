"""The form that decides how somebody's payments are taxed."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from payments.payees.models.tax import TaxTreatment
from wellbeing.forms.choices import Radios
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.lib.texts import WordsBox


class TaxForm(forms.Form):
    """The tax treatment, from when it counts, and who said so."""

    treatment = forms.ChoiceField(
        label=gettext_lazy("How is the payment for their time paid?"),
        help_text=gettext_lazy("No tax is taken off approved expenses."),
        choices=TaxTreatment.Treatment,
        widget=Radios,
        error_messages={"required": gettext_lazy("Choose how they are paid")},
    )
    effective_from = DayMonthYearField(
        label=gettext_lazy("From which day?"),
        help_text=gettext_lazy("For activities from this day. What was approved before stays as it is."),
        initial=timezone.localdate,
    )
    note = WordsBox(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy(
            "Who was asked, and what they said. For example: our payroll adviser, by email on 3 June."
        ),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say who was asked, and what they said")},
    )
