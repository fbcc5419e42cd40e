"""Forms for fees: for everybody, and for one activity or role."""

import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payments.policy.actions import ActivityFee
from payments.policy.calculations import FeeTerms, half_or_full_day
from payments.policy.fields import hours_field
from payments.policy.models.fees import FeeRule
from payments.policy.models.kinds import Activity, ActivityRole
from wellbeing.forms.choices import Radios
from wellbeing.forms.fields import hide_optional
from wellbeing.forms.money import PoundsField

NOT_PAID = "none"
# A rate of a role at every activity that has none of its own.
EVERY_ACTIVITY = "any"
MAX_RATES = (len(Activity) + 1) * (len(ActivityRole) + 1)
METHODS = [
    (FeeRule.Method.HALF_OR_FULL_DAY.value, gettext_lazy("By half day and full day")),
    (FeeRule.Method.PER_HOUR.value, gettext_lazy("By the hour")),
    (FeeRule.Method.PER_PART.value, gettext_lazy("For each block of hours that somebody starts")),
    (FeeRule.Method.FIXED.value, gettext_lazy("The same, however long it takes")),
]


def fee_hours_field(label, **kwargs):
    """Make a field for the hours of a day that need not be filled in."""
    return hours_field(
        label=label,
        required=False,
        most=24,
        **kwargs,
    )


class FeeForm(forms.Form):
    """The rates for time. Which answers are needed follows from the first: how it is worked out."""

    NEEDED: dict[str, tuple[str, ...]] = {
        FeeRule.Method.HALF_OR_FULL_DAY: ("half_day", "full_day", "half_day_hours", "limit"),
        FeeRule.Method.PER_HOUR: ("unit",),
        FeeRule.Method.PER_PART: ("unit", "unit_hours"),
        FeeRule.Method.FIXED: ("unit",),
    }
    MISSING = {
        "half_day": gettext_lazy("Enter what half a day is paid"),
        "full_day": gettext_lazy("Enter what a full day is paid"),
        "half_day_hours": gettext_lazy("Enter how many hours half a day is"),
        "limit": gettext_lazy("Choose what exactly that many hours is"),
        "unit": gettext_lazy("Enter what you pay"),
        "unit_hours": gettext_lazy("Enter how many hours a block is"),
    }

    method = forms.ChoiceField(
        label=gettext_lazy("How is time paid?"),
        help_text=gettext_lazy("Then fill in only the boxes for your answer."),
        choices=METHODS,
        widget=Radios,
    )
    half_day = PoundsField(label=gettext_lazy("Half a day"), required=False, min_pence=0, max_pence=1_000_000)
    full_day = PoundsField(label=gettext_lazy("A full day"), required=False, min_pence=0, max_pence=1_000_000)
    half_day_hours = fee_hours_field(gettext_lazy("How many hours is half a day?"))
    limit = forms.ChoiceField(
        label=gettext_lazy("If somebody gives exactly that many hours"),
        choices=[("half", gettext_lazy("It is half a day")), ("full", gettext_lazy("It is a full day"))],
        widget=Radios,
        required=False,
    )
    unit = PoundsField(
        label=gettext_lazy("The rate, if you do not pay by the day"),
        help_text=gettext_lazy("For each hour, for each block of hours, or for the whole activity."),
        required=False,
        min_pence=0,
        max_pence=1_000_000,
    )
    unit_hours = fee_hours_field(gettext_lazy("If you pay in blocks, how many hours is one?"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        hide_optional(self, *self.MISSING)

    def clean(self):
        """Refuse a form without the answers that the chosen method needs."""
        super().clean()
        data = self.cleaned_data
        for name in self.NEEDED.get(data.get("method", ""), ()):
            if name not in self.errors and data.get(name) in {None, ""}:
                self.add_error(name, self.MISSING[name])
        return data

    @property
    def terms(self):
        """The FeeTerms. What belongs to another method is left out."""
        data, method = self.cleaned_data, self.cleaned_data["method"]
        if method == FeeRule.Method.HALF_OR_FULL_DAY:
            return half_or_full_day(
                data["half_day"], data["full_day"], data["half_day_hours"], limit_is_half_day=data["limit"] == "half"
            )
        blocks = data["unit_hours"] if method == FeeRule.Method.PER_PART else None
        return FeeTerms(method, unit_pence=data["unit"], unit_hours=blocks)


class ActivityFeeForm(FeeForm):
    """The rate for one kind of activity, for everyone or for those with one role, where that differs."""

    activity = forms.ChoiceField(
        label=gettext_lazy("Which activity?"),
        choices=[
            ("", gettext_lazy("Choose an activity")),
            *Activity.choices,
            (EVERY_ACTIVITY, gettext_lazy("Every activity without a rate of its own")),
        ],
    )
    role = forms.ChoiceField(
        label=gettext_lazy("For whom?"),
        choices=[("", gettext_lazy("Everyone")), *ActivityRole.choices],
        required=False,
    )
    remove = forms.BooleanField(label=gettext_lazy("Leave this rate out"), required=False)
    field_order = ["activity", "role"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        hide_optional(self, "role")

    def clean(self):
        """Refuse a rate that names neither activity nor role: that one stands at the top of the page."""
        data = super().clean()
        if data.get("activity") == EVERY_ACTIVITY and not data.get("role"):
            self.add_error("role", _("Choose for whom this is. What everyone is paid is at the top of this page"))
        return data

    def full_clean(self):
        """Check the form; a rate that is to be left out has no errors."""
        super().full_clean()
        if self.is_bound and self.left_out:
            self.errors.clear()

    @property
    def left_out(self):
        """Whether the rate was ticked to be left out."""
        return bool(self["remove"].data)

    @property
    def fee(self):
        """The ActivityFee, or None where it is left out."""
        return None if self.left_out else ActivityFee(self.terms, *self.named)

    @property
    def named(self):
        """The activity and the role it is for, each "" for all."""
        activity = self.cleaned_data["activity"]
        return "" if activity == EVERY_ACTIVITY else activity, self.cleaned_data["role"]


def activity_forms(data=None, version=None):
    """Make an ActivityFeeForm for each rate of a single activity: those sent in `data`, or those of `version`."""
    if data is not None:
        typed = data.get("rates", "")
        count = min(int(typed), MAX_RATES) if re.fullmatch(r"[0-9]{1,3}", typed) else 0
        return [ActivityFeeForm(data, prefix=f"rate{index}") for index in range(count)]
    rules = [rule for rule in version.fee_rules.all() if rule.activity or rule.role] if version else []
    return [
        ActivityFeeForm(
            prefix=f"rate{index}",
            initial={"activity": rule.activity or EVERY_ACTIVITY, "role": rule.role, **_initial_fee(rule)},
        )
        for index, rule in enumerate(rules)
    ]


def with_one_more(forms_):
    """Return unbound forms with what was typed into `forms_`, without those left out, and an empty one more."""
    typed = [typed_values(form) for form in forms_ if not form.left_out]
    rows = [*typed, {"method": FeeRule.Method.HALF_OR_FULL_DAY, "limit": "half"}][:MAX_RATES]
    return [ActivityFeeForm(prefix=f"rate{index}", initial=initial) for index, initial in enumerate(rows)]


def typed_values(form):
    """Return the answers typed into `form`, to fill it in again."""
    return {field.name: field.data for field in form}


def one_rate_each(forms_):
    """Put an error beside a form that names an activity and role again. Returns whether there is none."""
    named, fine = set(), True
    for form in forms_:
        if form.left_out:
            continue
        name = form.named
        if name in named:
            form.add_error("activity", _("This activity has a rate already. Change that one, or leave one out"))
            fine = False
        named.add(name)
    return fine


def _initial_fee(rule):
    hours = {"half_day_hours": rule.half_day_hours, "unit_hours": rule.unit_hours}
    return {
        "method": rule.method,
        "half_day": rule.half_day_pence,
        "full_day": rule.full_day_pence,
        "limit": "half" if rule.limit_is_half_day else "full",
        "unit": rule.unit_pence,
        **{name: value for name, value in hours.items() if value is not None},
    }
