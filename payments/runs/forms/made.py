"""Forms that record payments as made, and take one out of a run."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from payments.payees.models.methods import PaymentMethod
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.lib.texts import LineBox, WordsBox

DAY = {
    PaymentMethod.CHEQUE: gettext_lazy("What day was the cheque posted?"),
    PaymentMethod.CASH: gettext_lazy("What day was the cash handed over?"),
    PaymentMethod.VOUCHER: gettext_lazy("What day was the voucher sent or handed over?"),
    PaymentMethod.CHARITY: gettext_lazy("What day was the gift made?"),
    PaymentMethod.PAYROLL: gettext_lazy("What day was it passed to payroll?"),
    PaymentMethod.OTHER: gettext_lazy("What day was it paid?"),
}
REFERENCE = {
    PaymentMethod.CHEQUE: (gettext_lazy("Cheque number"), gettext_lazy("In figures, as printed on the cheque.")),
    PaymentMethod.VOUCHER: (
        gettext_lazy("Last figures of the voucher's code"),
        gettext_lazy("The last four are enough. Never write down the whole code."),
    ),
    PaymentMethod.CHARITY: (gettext_lazy("Reference of the gift"), gettext_lazy("If there is one.")),
    PaymentMethod.PAYROLL: (gettext_lazy("Payroll reference"), gettext_lazy("If there is one.")),
    PaymentMethod.OTHER: (gettext_lazy("Reference"), gettext_lazy("If there is one.")),
}
NEEDS_REFERENCE = (PaymentMethod.CHEQUE, PaymentMethod.VOUCHER)


class MadeForm(forms.Form):
    """The day on which a payment by `method` (a PaymentMethod) was made, and what proves it."""

    reference = LineBox(max_length=40, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    handed_over_by = LineBox(label=gettext_lazy("Who handed it over?"), max_length=150)
    received_by = LineBox(
        label=gettext_lazy("Who received it?"),
        help_text=gettext_lazy("The person, or somebody they asked to collect it."),
        max_length=150,
    )
    on = DayMonthYearField(latest=timezone.localdate, initial=timezone.localdate)

    field_order = ["on", "reference", "handed_over_by", "received_by"]

    def __init__(self, *args, method, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].label = DAY[method]
        if method == PaymentMethod.CASH:
            del self.fields["reference"]
            return
        del self.fields["handed_over_by"], self.fields["received_by"]
        reference = self.fields["reference"]
        reference.label, reference.help_text = REFERENCE[method]
        reference.required = method in NEEDS_REFERENCE


class TakeOutForm(forms.Form):
    """The reason why a payment leaves its run before the sign-off."""

    reason = WordsBox(
        label=gettext_lazy("Why is it taken out?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Say why it is taken out")},
    )
