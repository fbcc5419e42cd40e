"""Forms for the recognition people choose, and for what a programme offers besides money."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payments.recognition.models import PaymentChoice
from wellbeing.forms.choices import Radios
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.forms.fields import hide_optional, set_choices
from wellbeing.forms.money import PoundsField
from wellbeing.lib.money import pounds
from wellbeing.lib.texts import LineBox
from wellbeing.lib.types import Text


class RecognitionForm(forms.Form):
    """The recognition somebody chooses, for one claim or for all of a programme. Nobody is asked why.

    `offer` is the RecognitionOffer in force or None; `fee_pence` is known for a claim.
    """

    recognition = forms.ChoiceField(label=gettext_lazy("What would you like?"), widget=Radios)
    part = PoundsField(
        label=gettext_lazy("How much do you want to take?"),
        help_text=gettext_lazy("Only if you chose part of the payment."),
        required=False,
        min_pence=1,
        max_pence=1_000_000,
    )

    def __init__(self, *args, offer, fee_pence=None, **kwargs):
        super().__init__(*args, **kwargs)
        hide_optional(self, "part")
        kind = PaymentChoice
        choices = [kind.ALL, kind.PART, kind.NONE]
        hints: dict[PaymentChoice, str] = {
            kind.PART: _("You say how much. You do not get the rest."),
            kind.NONE: _("You still get back what you spend to take part."),
        }
        if fee_pence is not None:
            hints[kind.ALL] = _("We pay you %(amount)s for your time.") % {"amount": pounds(fee_pence)}
        labels: dict[str, Text] = dict(kind.choices)
        if offer and offer.charity_name:
            choices.append(kind.CHARITY)
            labels[kind.CHARITY] = _("Give it to %(charity)s") % {"charity": offer.charity_name}
            number = _("Charity number %(number)s.") % {"number": offer.charity_number} if offer.charity_number else ""
            hints[kind.CHARITY] = " ".join(
                [number, _("We will give your payment to this charity. You will not get it.")]
            ).strip()
        if offer and offer.vouchers:
            choices.append(kind.VOUCHER)
            hints[kind.VOUCHER] = _("A shopping voucher for the same amount, instead of money.")
        set_choices(self, "recognition", [(choice.value, labels[choice]) for choice in choices])
        self.fields["recognition"].widget.hints = {choice.value: hint for choice, hint in hints.items()}

    @property
    def values(self):
        """The arguments of the actions."""
        return {
            "recognition": self.cleaned_data["recognition"],
            "recognition_pence": self.cleaned_data.get("part"),
        }


class OfferForm(forms.Form):
    """The charity a programme names, and whether it has vouchers, cheques and cash, from a day on."""

    charity_name = LineBox(
        label=gettext_lazy("Charity people can give their payment to"),
        help_text=gettext_lazy("Leave it empty to offer none."),
        required=False,
        max_length=150,
    )
    charity_number = LineBox(
        label=gettext_lazy("Charity number"),
        help_text=gettext_lazy("So that people can look it up."),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"}),
    )
    vouchers = forms.BooleanField(required=False, label=gettext_lazy("People can have a voucher in place of money"))
    cheques = forms.BooleanField(required=False, initial=True, label=gettext_lazy("People can ask for a cheque"))
    cash = forms.BooleanField(required=False, label=gettext_lazy("People can ask for cash"))
    effective_from = DayMonthYearField(label=gettext_lazy("From which day?"), initial=timezone.localdate)
