"""The form that estimates pay for taking part."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payments.policy.fields import MAX_HOURS, hours_field, miles_field, nights_field, passengers_field, vehicle_field
from payments.policy.models.kinds import Activity, ActivityRole, ExpenseKind, Vehicle
from wellbeing.forms.fields import hide_optional, set_choices


def _hours_field(label, help_text, most, most_words):
    return hours_field(
        label=label,
        help_text=help_text,
        required=False,
        most=most,
        messages={"max_value": most_words},
    )


class EstimateForm(forms.Form):
    """Hours given, miles driven and the like. Asks only what the version's answer depends on."""

    # One of these must be filled in.
    NUMBERS = ("hours", "preparation", "miles", "nights", "hours_away")

    activity = forms.ChoiceField(label=gettext_lazy("What did you do?"), required=False)
    role = forms.ChoiceField(label=gettext_lazy("What were you there?"), required=False)
    hours = _hours_field(
        gettext_lazy("How many hours will you take part?"),
        gettext_lazy("Such as 3, 2.5 or 2:30."),
        24,
        gettext_lazy("Enter the hours of one day, 24 at most"),
    )
    preparation = _hours_field(
        gettext_lazy("How many hours did you prepare?"),
        gettext_lazy("Leave it empty if you did not."),
        99,
        gettext_lazy("Enter 99 hours or fewer"),
    )
    nights = nights_field(required=False, help_text=gettext_lazy("Leave it empty if you went home."))
    hours_away = _hours_field(
        gettext_lazy("How many hours were you away from home?"),
        gettext_lazy("For meals. From when you left until you were back."),
        MAX_HOURS,
        gettext_lazy("Enter the hours of one month at most"),
    )

    def __init__(self, data=None, *, version):
        super().__init__(data, initial={"vehicle": Vehicle.CAR})
        self.version = version
        self._ask_about_time(list(version.fee_rules.all()))
        for name, kind in (("nights", ExpenseKind.OVERNIGHT), ("hours_away", ExpenseKind.SUBSISTENCE)):
            limit = version.expense_rule_for(kind)
            if limit is None or not (limit.asks_nights or limit.asks_hours):
                del self.fields[name]
        rule = version.expense_rule_for(ExpenseKind.MILEAGE)
        if rule is None:
            return
        # Asked here as on a claim, after the hours.
        self.fields["miles"] = miles_field(required=False)
        if rule.hmrc_rates:
            self.fields["vehicle"] = vehicle_field(required=False)
            hide_optional(self, "vehicle")
            self.fields["passengers"] = passengers_field()
        self.order_fields([name for name in self.fields if name not in {"nights", "hours_away"}])

    def _ask_about_time(self, rules):
        activities = {rule.activity: rule.activity_label for rule in rules if rule.activity}
        activities.pop(Activity.PREPARATION, None)
        if activities:
            set_choices(self, "activity", [*activities.items(), ("", _("Something else"))])
            hide_optional(self, "activity")
        else:
            del self.fields["activity"]
        roles = {rule.role for rule in rules}
        if roles - {""}:
            paid_roles = [choice for choice in ActivityRole.choices if choice[0] in roles]
            set_choices(self, "role", [("", _("Somebody who took part")), *paid_roles])
            hide_optional(self, "role")
        else:
            del self.fields["role"]
        if not rules:
            del self.fields["hours"]
        if not self.version.fee_rule_for(Activity.PREPARATION):
            del self.fields["preparation"]

    @classmethod
    def for_page(cls, query, version):
        """Make the form from a page's address, empty where the address asks for no sum."""
        has_numbers = bool(set(cls.NUMBERS) & set(query))
        return cls(query if has_numbers else None, version=version)

    def clean(self):
        """Refuse a form with nothing to work out, or without the vehicle whose rate is needed."""
        super().clean()
        data = self.cleaned_data
        names = [name for name in self.NUMBERS if name in self.fields]
        if names and not any(data.get(name) is not None or name in self.errors for name in names):
            self.add_error(names[0], _("Enter the hours you gave, or the miles you drove"))
        if data.get("miles") and "vehicle" in self.fields and not data.get("vehicle") and "vehicle" not in self.errors:
            self.add_error("vehicle", _("Choose what you drove or rode"))
        return data

    @property
    def values(self):
        """The arguments of `estimates.estimate`, besides the version and the day."""
        data = self.cleaned_data
        return {
            "activity": data.get("activity", ""),
            "role": data.get("role", ""),
            "hours": data.get("hours"),
            "preparation": data.get("preparation"),
            "nights": data.get("nights"),
            "hours_away": data.get("hours_away"),
            "miles": data.get("miles"),
            "vehicle": data.get("vehicle", ""),
            "passengers": data.get("passengers") or 0,
        }
