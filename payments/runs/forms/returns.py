"""The form that records a payment that came back."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from payments.runs.models.returns import ReturnReason
from wellbeing.forms.choices import Radios
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.forms.fields import set_rows
from wellbeing.lib.texts import WordsBox


class ReturnForm(forms.Form):
    """The reason and the day on which a payment by `method` (a PaymentMethod) came back."""

    reason = forms.ModelChoiceField(
        queryset=ReturnReason.objects.none(),
        label=gettext_lazy("Why did it come back?"),
        widget=Radios,
        empty_label=None,
        error_messages={"required": gettext_lazy("Choose why it came back")},
    )
    on = DayMonthYearField(
        label=gettext_lazy("What day did it come back?"), latest=timezone.localdate, initial=timezone.localdate
    )
    note = WordsBox(
        label=gettext_lazy("Anything else to know"),
        help_text=gettext_lazy("Only finance reads this."),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, method, **kwargs):
        super().__init__(*args, **kwargs)
        set_rows(self, "reason", ReturnReason.objects.effective_on(timezone.localdate()).filter(method=method))
