"""Forms of a payment run."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from payments.models import Claim
from wellbeing.forms import DayMonthYearField
from wellbeing.lib.tables import whole_numbers


class ChooseClaimsForm(forms.Form):
    """Which claims to pay. Any claim of the programme is taken; the action says which of them have moved on."""

    claims = forms.ModelMultipleChoiceField(
        queryset=Claim.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Claims to pay"),
        error_messages={"required": gettext_lazy("Choose at least one claim to pay")},
    )

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["claims"].queryset = Claim.objects.filter(programme=programme)

    @property
    def chosen_ids(self):
        """Ids that are ticked: as posted, or None when the form is new and everything is."""
        return whole_numbers(self.data.getlist("claims")) if self.is_bound else None


class PaidForm(forms.Form):
    """The day the money went."""

    paid_on = DayMonthYearField(
        label=gettext_lazy("What day was it paid?"),
        help_text=gettext_lazy("The day the money left your bank. Everyone in the run is told."),
        latest=timezone.localdate,
        initial=timezone.localdate,
    )
