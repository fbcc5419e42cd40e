"""The form staff set a policy with: a few plain questions, rates of single activities, a row for each expense."""

import re

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payments import wording
from payments.actions.policy import USUAL_EXPENSES, ActivityFee, ExpenseTerms
from payments.calculations import FeeTerms, half_or_full_day
from payments.models import FeeRule
from payments.models.policy import Activity, ExpenseKind
from wellbeing.forms import DayMonthYearField, PoundsField, Radios

NARROW = {"class": "govuk-input--width-3", "inputmode": "numeric", "autocomplete": "off"}


NOT_PAID = "none"
OWN_RATE, HMRC_RATES, NO_MILEAGE = "own", "hmrc", "none"
METHODS = [
    (FeeRule.Method.HALF_OR_FULL_DAY.value, gettext_lazy("By half day and full day")),
    (FeeRule.Method.PER_HOUR.value, gettext_lazy("By the hour")),
    (FeeRule.Method.PER_PART.value, gettext_lazy("For each block of hours that somebody starts")),
    (FeeRule.Method.FIXED.value, gettext_lazy("The same, however long it takes")),
]


def _hours_field(label, **kwargs):
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0.25,
        max_value=24,
        max_digits=4,
        decimal_places=2,
        widget=forms.TextInput(attrs={**NARROW, "inputmode": "decimal"}),
        error_messages={"invalid": gettext_lazy("Enter the hours as a number, such as 4 or 3.5")},
        **kwargs,
    )


class FeeForm(forms.Form):
    """How time becomes money. Which answers are needed follows from the first: how it is worked out."""

    NEEDED = {
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
        help_text=gettext_lazy("Then fill in what belongs to your answer. Leave the rest empty."),
        choices=METHODS,
        widget=Radios,
    )
    half_day = PoundsField(label=gettext_lazy("Half a day"), required=False, min_pence=0, max_pence=1_000_000)
    full_day = PoundsField(label=gettext_lazy("A full day"), required=False, min_pence=0, max_pence=1_000_000)
    half_day_hours = _hours_field(gettext_lazy("How many hours is half a day?"))
    limit = forms.ChoiceField(
        label=gettext_lazy("If somebody gives exactly that many hours"),
        choices=[("half", gettext_lazy("It is half a day")), ("full", gettext_lazy("It is a full day"))],
        widget=Radios,
        required=False,
    )
    unit = PoundsField(
        label=gettext_lazy("If not by the day: what do you pay?"),
        help_text=gettext_lazy("For each hour, for each block of hours, or for the whole."),
        required=False,
        min_pence=0,
        max_pence=1_000_000,
    )
    unit_hours = _hours_field(gettext_lazy("If in blocks: how many hours is one?"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.MISSING:
            self.fields[name].hide_optional = True

    def clean(self):
        """Asks for what the chosen method needs."""
        data = super().clean()
        for name in self.NEEDED.get(data.get("method"), ()):
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
    """What one kind of activity is paid, where that differs."""

    activity = forms.ChoiceField(
        label=gettext_lazy("Which activity?"),
        choices=[("", gettext_lazy("Choose an activity")), *Activity.choices],
    )
    remove = forms.BooleanField(label=gettext_lazy("Leave this rate out"), required=False)
    field_order = ["activity"]

    def full_clean(self):
        """Nothing is asked of a rate that is to be left out."""
        super().full_clean()
        if self.is_bound and self.left_out:
            self._errors.clear()

    @property
    def left_out(self):
        """Whether the rate was ticked to be left out."""
        return bool(self["remove"].data)

    @property
    def fee(self):
        """The ActivityFee, or None where it is left out."""
        return None if self.left_out else ActivityFee(self.terms, self.cleaned_data["activity"])


class PolicyForm(FeeForm):
    """How people are paid for their time, what driving is repaid at, and the promises."""

    NEEDED = {**FeeForm.NEEDED, NOT_PAID: ()}

    holds_from = DayMonthYearField(
        label=gettext_lazy("From which day does this hold?"),
        help_text=gettext_lazy("Activities on this day and later are paid by it. Earlier ones keep what was promised."),
    )
    preparation_included = forms.ChoiceField(
        label=gettext_lazy("Does the payment include time to prepare?"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        widget=Radios,
    )
    mileage = forms.ChoiceField(
        label=gettext_lazy("What do you pay for driving?"),
        choices=[
            (OWN_RATE, gettext_lazy("A rate of our own")),
            (HMRC_RATES, gettext_lazy("HMRC's approved rates")),
            (NO_MILEAGE, gettext_lazy("We do not cover driving")),
        ],
        widget=Radios(
            hints={
                HMRC_RATES: gettext_lazy(
                    "By vehicle and passengers. A car's rate falls after 10,000 miles in a tax year. They change when"
                    " HMRC changes them."
                )
            }
        ),
    )
    pence_per_mile = forms.DecimalField(
        label=gettext_lazy("Pence for each mile people drive"),
        help_text=gettext_lazy("For a rate of your own, such as 40 or 45.5."),
        required=False,
        min_value=0.01,
        max_value=999,
        max_digits=5,
        decimal_places=2,
        widget=forms.TextInput(attrs={**NARROW, "inputmode": "decimal"}),
        error_messages={"invalid": gettext_lazy("Enter the pence as a number, such as 45")},
    )
    pay_within_working_days = forms.IntegerField(
        label=gettext_lazy("Within how many working days do you aim to pay?"),
        help_text=gettext_lazy("Ten working days is two weeks."),
        min_value=1,
        max_value=90,
        widget=forms.TextInput(attrs=NARROW),
        error_messages={"invalid": gettext_lazy("Enter a whole number, such as 10")},
    )
    claim_window_months = forms.IntegerField(
        label=gettext_lazy("How many months do people have to claim?"),
        min_value=1,
        max_value=24,
        widget=forms.TextInput(attrs=NARROW),
        error_messages={"invalid": gettext_lazy("Enter a whole number, such as 3")},
    )
    second_approval_above = PoundsField(
        label=gettext_lazy("Above which amount do two members of staff approve a claim?"),
        help_text=gettext_lazy("Leave it empty if one is always enough."),
        required=False,
        min_pence=0,
        max_pence=10_000_000,
    )
    field_order = ["holds_from"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["method"].choices = [
            *METHODS,
            (NOT_PAID, gettext_lazy("Time is not paid, except for the activities named below")),
        ]
        self.fields["pence_per_mile"].hide_optional = True

    def clean(self):
        """A rate of one's own is needed where that is the answer."""
        data = super().clean()
        missing = data.get("pence_per_mile") is None and "pence_per_mile" not in self.errors
        if data.get("mileage") == OWN_RATE and missing:
            self.add_error("pence_per_mile", _("Enter the pence for each mile"))
        return data

    @property
    def values(self):
        """What `actions.policy.publish` takes, without the expenses and the fees of single activities."""
        data = self.cleaned_data
        return {
            "holds_from": data["holds_from"],
            "fees": [] if data["method"] == NOT_PAID else [ActivityFee(self.terms)],
            "preparation_included": data["preparation_included"] == "yes",
            "pence_per_mile": data["pence_per_mile"] if data["mileage"] == OWN_RATE else None,
            "hmrc_rates": data["mileage"] == HMRC_RATES,
            "pay_within_working_days": data["pay_within_working_days"],
            "claim_window_months": data["claim_window_months"],
            "second_approval_above_pence": data["second_approval_above"],
        }


class ExpenseTermsForm(forms.Form):
    """One kind of expense: whether it is covered, up to what, and what proof it needs."""

    covered = forms.BooleanField(label=gettext_lazy("We cover this"), required=False)
    cap = PoundsField(
        label=gettext_lazy("The most we pay each time"),
        help_text=gettext_lazy("Leave it empty for no limit."),
        required=False,
        min_pence=1,
    )
    receipt_needed = forms.BooleanField(label=gettext_lazy("A receipt is needed"), required=False)
    agree_first = forms.BooleanField(label=gettext_lazy("People ask us before they spend it"), required=False)

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, prefix=kind, **kwargs)
        self.kind = ExpenseKind(kind)

    @property
    def terms(self):
        """The ExpenseTerms, or None where this is not covered."""
        data = self.cleaned_data
        if not data["covered"]:
            return None
        return ExpenseTerms(
            self.kind.value,
            cap_pence=data["cap"],
            receipt_needed=data["receipt_needed"],
            agree_first=data["agree_first"],
        )


# Mileage has its rate on the form above, and no receipt.
KINDS = [kind for kind in ExpenseKind if kind != ExpenseKind.MILEAGE]


def expense_forms(data=None, version=None):
    """One ExpenseTermsForm a kind, filled in from `version`, or from what programmes usually cover."""
    if version:
        known = {rule.kind: rule for rule in version.expense_rules.all()}
    else:
        known = {terms.kind: terms for terms in USUAL_EXPENSES}
    forms_ = []
    for kind in KINDS:
        terms = known.get(kind)
        initial = {
            "covered": terms is not None,
            "cap": terms.cap_pence if terms else None,
            "receipt_needed": terms.receipt_needed if terms else True,
            "agree_first": terms.agree_first if terms else False,
        }
        forms_.append(ExpenseTermsForm(data, kind=kind.value, initial=initial))
    return forms_


def activity_forms(data=None, version=None):
    """One ActivityFeeForm for each rate of a single activity: those sent in `data`, or those of `version`."""
    if data is not None:
        typed = data.get("rates", "")
        count = min(int(typed), len(Activity)) if re.fullmatch(r"[0-9]{1,3}", typed) else 0
        return [ActivityFeeForm(data, prefix=f"rate{place}") for place in range(count)]
    rules = [rule for rule in version.fee_rules.all() if rule.activity] if version else []
    return [
        ActivityFeeForm(prefix=f"rate{place}", initial={"activity": rule.activity, **_initial_fee(rule)})
        for place, rule in enumerate(rules)
    ]


def with_one_more(forms_):
    """The ActivityFeeForms as they were filled in, not checked yet, without those left out, and an empty one."""
    typed = [_as_typed(form) for form in forms_ if not form.left_out]
    rows = [*typed, {"method": FeeRule.Method.HALF_OR_FULL_DAY, "limit": "half"}][: len(Activity)]
    return [ActivityFeeForm(prefix=f"rate{place}", initial=initial) for place, initial in enumerate(rows)]


def as_typed(forms_):
    """Any bound forms as they were filled in, not checked yet."""
    again = []
    for form in forms_:
        more = {"kind": form.kind} if isinstance(form, ExpenseTermsForm) else {}
        again.append(type(form)(initial=_as_typed(form), **more))
    return again


def _as_typed(form):
    return {field.name: field.data for field in form}


def one_rate_each(forms_):
    """Whether each activity is named once; puts the error beside the one that names it again."""
    named, fine = set(), True
    for form in forms_:
        activity = "" if form.left_out else form.cleaned_data["activity"]
        if activity and activity in named:
            form.add_error("activity", _("This activity has a rate already. Change that one, or leave one out"))
            fine = False
        named.add(activity)
    return fine


def initial_policy(version, programme):
    """What a new PolicyForm starts from: the version in force, or an empty form with the usual answers."""
    if version is None:
        return {
            "holds_from": programme.starts_on,
            "method": FeeRule.Method.HALF_OR_FULL_DAY,
            "mileage": OWN_RATE,
            "limit": "half",
            "preparation_included": "yes",
            "half_day_hours": 4,
            "pay_within_working_days": 10,
            "claim_window_months": 3,
        }
    rule = version.fee_rule_for("")
    initial = {
        "holds_from": timezone.localdate(),
        "preparation_included": "yes" if version.preparation_included else "no",
        "pay_within_working_days": version.pay_within_working_days,
        "claim_window_months": version.claim_window_months,
        "second_approval_above": version.second_approval_above_pence,
        "mileage": NO_MILEAGE,
        **(_initial_fee(rule) if rule else {"method": NOT_PAID, "limit": "half"}),
    }
    mileage = version.expense_rule_for(ExpenseKind.MILEAGE)
    if mileage and mileage.hmrc_rates:
        initial["mileage"] = HMRC_RATES
    elif mileage:
        initial |= {"mileage": OWN_RATE, "pence_per_mile": wording.plain_number(mileage.pence_per_mile)}
    return initial


def _initial_fee(rule):
    hours = {"half_day_hours": rule.half_day_hours, "unit_hours": rule.unit_hours}
    return {
        "method": rule.method,
        "half_day": rule.half_day_pence,
        "full_day": rule.full_day_pence,
        "limit": "half" if rule.limit_is_half_day else "full",
        "unit": rule.unit_pence,
        **{name: wording.plain_number(value) for name, value in hours.items() if value is not None},
    }
