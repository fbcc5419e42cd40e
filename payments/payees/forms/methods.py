"""Forms for how a person is paid: chosen by them, or written down by finance."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from payments.claims.models.claim import Claim
from payments.payees.forms.bank import BankDetailsForm
from payments.payees.models.methods import MONEY_METHODS, PaymentMethod
from wellbeing.forms.choices import Radios
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.forms.fields import hide_optional, set_choices
from wellbeing.lib.texts import LineBox

HINTS = {
    PaymentMethod.BANK: gettext_lazy("Into a UK bank or building society account."),
    PaymentMethod.CHEQUE: gettext_lazy("By post, to your postal address."),
    PaymentMethod.CASH: gettext_lazy("Handed to you in person. You may be asked to sign for it."),
}


class MethodForm(forms.Form):
    """The method a person chooses, among `offered` (PaymentMethods)."""

    method = forms.ChoiceField(
        label=gettext_lazy("How would you like to get your money?"),
        widget=Radios,
        error_messages={"required": gettext_lazy("Choose how you would like to get your money")},
    )

    def __init__(self, *args, offered, **kwargs):
        super().__init__(*args, **kwargs)
        set_choices(self, "method", [(method.value, method.label) for method in offered])
        self.fields["method"].widget.hints = {method.value: HINTS[method] for method in offered}


class ToldFields(forms.Form):
    """How and when somebody told finance."""

    told_how = forms.ChoiceField(
        label=gettext_lazy("How were you told?"),
        choices=Claim.EnteredHow.choices,
        widget=Radios,
        error_messages={"required": gettext_lazy("Choose how you were told")},
    )
    told_on = DayMonthYearField(
        label=gettext_lazy("What day were you told?"), latest=timezone.localdate, initial=timezone.localdate
    )


class TellMethodForm(ToldFields):
    """The method that somebody told finance on paper or by phone."""

    method = forms.ChoiceField(
        label=gettext_lazy("How do they want their money?"),
        choices=[(method.value, method.label) for method in MONEY_METHODS],
        widget=Radios,
        error_messages={"required": gettext_lazy("Choose how they want their money")},
    )
    said_how = LineBox(
        label=gettext_lazy("Another way: which one?"),
        help_text=gettext_lazy("For example: a payment to their mother, as agreed in their support plan."),
        required=False,
        max_length=150,
    )

    field_order = ["method", "said_how", "told_how", "told_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        hide_optional(self, "said_how")


class TellBankDetailsForm(ToldFields, BankDetailsForm):
    """The bank details that somebody told finance on paper or by phone."""

    told_by = LineBox(
        label=gettext_lazy("Who told you?"),
        help_text=gettext_lazy("The person, or somebody they asked to."),
        max_length=150,
        error_messages={"required": gettext_lazy("Enter who told you")},
    )

    field_order = [
        "account_name",
        "sort_code",
        "account_number",
        "roll_number",
        "sure",
        "told_by",
        "told_how",
        "told_on",
    ]
