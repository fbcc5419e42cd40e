"""The sum anyone can try on "How we pay you"."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payments.models.policy import ExpenseKind, Vehicle
from wellbeing.forms import Radios

from .claims import ExpenseForm


class EstimateForm(forms.Form):
    """Hours given and miles driven. Asks only what the version's answer depends on."""

    activity = forms.ChoiceField(label=gettext_lazy("What did you do?"), required=False)
    hours = forms.DecimalField(
        label=gettext_lazy("How many hours did you give?"),
        help_text=gettext_lazy("Such as 3 or 2.5."),
        required=False,
        min_value=Decimal("0.25"),
        max_value=24,
        max_digits=4,
        decimal_places=2,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "decimal", "autocomplete": "off"}),
        error_messages={
            "invalid": gettext_lazy("Enter the hours as a number, such as 3 or 2.5"),
            "min_value": gettext_lazy("Enter a quarter of an hour (0.25) or more"),
            "max_value": gettext_lazy("Enter the hours of one day, 24 at most"),
            "max_decimal_places": gettext_lazy("Enter the hours as a number, such as 3 or 2.75"),
        },
    )

    def __init__(self, data=None, *, version):
        super().__init__(data, initial={"vehicle": Vehicle.CAR})
        self.version = version
        rules = list(version.fee_rules.all())
        own = [(rule.activity, rule.activity_label) for rule in rules if rule.activity]
        if own:
            self.fields["activity"].choices = [*own, ("", _("Something else"))]
            self.fields["activity"].hide_optional = True
        else:
            del self.fields["activity"]
        if not rules:
            del self.fields["hours"]
        rule = version.expense_rule_for(ExpenseKind.MILEAGE)
        if rule is None:
            return
        # Asked here as on a claim.
        for name, field in ExpenseForm(rule=rule).fields.items():
            if name in {"miles", "vehicle", "passengers"}:
                field.required = False
                self.fields[name] = field
        if rule.hmrc_rates:
            self.fields["vehicle"].widget = Radios(choices=Vehicle.choices)
            self.fields["vehicle"].hide_optional = True

    @classmethod
    def for_page(cls, query, version):
        """The form filled in from a page's address, empty where the address asks for no sum."""
        asked = {"hours", "miles"} & set(query)
        return cls(query if asked else None, version=version)

    def clean(self):
        """There must be something to work out, and a vehicle where its rate is asked for."""
        data = super().clean()
        names = [name for name in ("hours", "miles") if name in self.fields]
        if names and not any(data.get(name) is not None or name in self.errors for name in names):
            self.add_error(names[0], _("Enter the hours you gave, or the miles you drove"))
        if data.get("miles") and "vehicle" in self.fields and not data.get("vehicle") and "vehicle" not in self.errors:
            self.add_error("vehicle", _("Choose what you drove or rode"))
        return data

    @property
    def values(self):
        """What `estimates.estimate` takes, besides the version and the day."""
        data = self.cleaned_data
        return {
            "activity": data.get("activity", ""),
            "hours": data.get("hours"),
            "miles": data.get("miles"),
            "vehicle": data.get("vehicle", ""),
            "passengers": data.get("passengers") or 0,
        }
