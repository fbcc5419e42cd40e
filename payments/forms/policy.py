"""The forms staff set a policy with: a few plain questions, rates of single activities, a row for each expense."""

import re

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payments import wording
from payments.actions.policy import USUAL_EXPENSES, ActivityFee, ExpenseTerms
from payments.calculations import FeeTerms, half_or_full_day
from payments.models import ExpenseRule, FeeRule
from payments.models.policy import (
    AGREED_BY,
    COUNTED_BY,
    COVERED_BY_NEED,
    Activity,
    ActivityRole,
    CapPer,
    ExpenseKind,
    usual_reminders,
)
from programmes.models import Role
from wellbeing.forms import DayMonthYearField, PoundsField, Radios
from wellbeing.lib.texts import LineBox

# Reminders of one claim.
MOST_REMINDERS = 5
NARROW = {"class": "govuk-input--width-3", "inputmode": "numeric", "autocomplete": "off"}


NOT_PAID = "none"
# A rate of a role at every activity that has none of its own.
EVERY_ACTIVITY = "any"
MOST_RATES = (len(Activity) + 1) * (len(ActivityRole) + 1)
MOST_BANDS = 4
LIMITS = {
    CapPer.EACH_TIME: gettext_lazy("For each time"),
    CapPer.NIGHT: gettext_lazy("For each night"),
    CapPer.HOUR: gettext_lazy("For each hour"),
    CapPer.HOURS_AWAY: gettext_lazy("It depends on how long somebody is away"),
}
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
    """What one kind of activity is paid, to everyone or to those with one role, where that differs."""

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
        self.fields["role"].hide_optional = True

    def clean(self):
        """What everyone is paid for everything stands at the top of the page, so a rate here names something."""
        data = super().clean()
        if data.get("activity") == EVERY_ACTIVITY and not data.get("role"):
            self.add_error("role", _("Choose for whom this is. What everyone is paid stands at the top of this page"))
        return data

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
        return None if self.left_out else ActivityFee(self.terms, *self.named)

    @property
    def named(self):
        """The activity and the role it is for, each "" for all."""
        activity = self.cleaned_data["activity"]
        return "" if activity == EVERY_ACTIVITY else activity, self.cleaned_data["role"]


class PolicyForm(FeeForm):
    """How people are paid for their time, what driving is repaid at, and the promises."""

    NEEDED = {**FeeForm.NEEDED, NOT_PAID: ()}

    holds_from = DayMonthYearField(
        label=gettext_lazy("From which day does this hold?"),
        help_text=gettext_lazy("Activities on this day and later are paid by it. Earlier ones keep what was promised."),
    )
    preparation_included = forms.ChoiceField(
        label=gettext_lazy("Does the payment include time to prepare?"),
        help_text=gettext_lazy("If not, add a rate for the activity “Preparation” below. Without one it is not paid."),
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
    cancel_within_days = forms.IntegerField(
        label=gettext_lazy("How many days before counts as cancelling late?"),
        help_text=gettext_lazy(
            "People who had said yes are then still paid. 0 is the day itself. Leave it empty to pay nothing."
        ),
        required=False,
        min_value=0,
        max_value=90,
        widget=forms.TextInput(attrs=NARROW),
        error_messages={"invalid": gettext_lazy("Enter a whole number, such as 2")},
    )
    cancel_share_percent = forms.IntegerField(
        label=gettext_lazy("How much of the payment for their time do they get then, in per cent?"),
        help_text=gettext_lazy("100 is all of it, 50 is half."),
        required=False,
        min_value=1,
        max_value=100,
        widget=forms.TextInput(attrs=NARROW),
        error_messages={"invalid": gettext_lazy("Enter a whole number from 1 to 100, such as 50")},
    )
    remind_days_before = LineBox(
        label=gettext_lazy("How many days before that time ends do we remind them?"),
        help_text=gettext_lazy("Only of a claim they have not sent. Several numbers, such as 14, 3. Empty: never."),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"}),
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
        for name in ("pence_per_mile", "cancel_within_days", "cancel_share_percent"):
            self.fields[name].hide_optional = True

    def clean(self):
        """A rate of one's own is needed where that is the answer; pay for cancelling needs both its numbers."""
        data = super().clean()
        days, share = data.get("cancel_within_days"), data.get("cancel_share_percent")
        if days is None and share is not None and "cancel_within_days" not in self.errors:
            self.add_error("cancel_within_days", _("Enter how many days before counts as late"))
        if share is None and days is not None and "cancel_share_percent" not in self.errors:
            self.add_error("cancel_share_percent", _("Enter how much of the payment, such as 50"))
        missing = data.get("pence_per_mile") is None and "pence_per_mile" not in self.errors
        if data.get("mileage") == OWN_RATE and missing:
            self.add_error("pence_per_mile", _("Enter the pence for each mile"))
        return data

    def clean_remind_days_before(self):
        """Numbers of days as a list, the most first."""
        parts = self.cleaned_data["remind_days_before"].replace(",", " ").split()
        if not all(re.fullmatch(r"[1-9][0-9]{0,2}", part) for part in parts) or len(parts) > MOST_REMINDERS:
            raise forms.ValidationError(_("Enter whole numbers of days with commas between them, such as 14, 3"))
        return sorted({int(part) for part in parts}, reverse=True)

    @property
    def values(self):
        """What `actions.policy.save_draft` takes, without the expenses and the fees of single activities."""
        data = self.cleaned_data
        return {
            "holds_from": data["holds_from"],
            "fees": [] if data["method"] == NOT_PAID else [ActivityFee(self.terms)],
            "preparation_included": data["preparation_included"] == "yes",
            "pence_per_mile": data["pence_per_mile"] if data["mileage"] == OWN_RATE else None,
            "hmrc_rates": data["mileage"] == HMRC_RATES,
            "pay_within_working_days": data["pay_within_working_days"],
            "claim_window_months": data["claim_window_months"],
            "cancel_within_days": data["cancel_within_days"],
            "cancel_share_percent": data["cancel_share_percent"],
            "remind_days_before": data["remind_days_before"],
            "second_approval_above_pence": data["second_approval_above"],
        }


class ExpenseTermsForm(forms.Form):
    """One kind of expense: whether it is covered, up to what, what proof it needs, and who agrees to it before."""

    covered = forms.BooleanField(label=gettext_lazy("We cover this"), required=False)
    cap = PoundsField(
        label=gettext_lazy("The most we pay each time"),
        help_text=gettext_lazy("Leave it empty for no limit."),
        required=False,
        min_pence=1,
        max_pence=1_000_000,
    )
    cap_per = forms.ChoiceField(label=gettext_lazy("What is the limit for?"), required=False, widget=Radios)
    receipt_needed = forms.BooleanField(label=gettext_lazy("A receipt is needed"), required=False)
    receipt_above = PoundsField(
        label=gettext_lazy("A receipt only above"),
        help_text=gettext_lazy("Leave it empty if every one needs its receipt."),
        required=False,
        min_pence=0,
        max_pence=1_000_000,
    )
    agree_first = forms.BooleanField(label=gettext_lazy("People ask before they spend it"), required=False)
    agreed_by = forms.ChoiceField(label=gettext_lazy("Who may agree?"), choices=AGREED_BY, required=False)
    need_is_enough = forms.BooleanField(
        label=gettext_lazy("Nobody has to ask whose access needs say that they need it"), required=False
    )

    def __init__(self, *args, kind, in_words="", **kwargs):
        super().__init__(*args, prefix=kind, **kwargs)
        self.kind, self.in_words = ExpenseKind(kind), in_words
        counted = COUNTED_BY.get(self.kind)
        if counted:
            self.fields["cap"].label = _("The most we pay")
            self.fields["cap_per"].choices = [(per.value, LIMITS[per]) for per in (CapPer.EACH_TIME, counted)]
            self.order_fields(["covered", "cap_per", "cap"])
        else:
            del self.fields["cap_per"]
        if counted == CapPer.HOURS_AWAY:
            self._add_bands()
        if self.kind not in COVERED_BY_NEED:
            del self.fields["need_is_enough"]
        for field in self.fields.values():
            field.hide_optional = True

    def _add_bands(self):
        self.fields["cap"].help_text = _("Only where the limit is for each time. Leave it empty for no limit.")
        for number in range(1, MOST_BANDS + 1):
            words = {"number": number}
            self.fields[f"from{number}"] = _hours_field(_("Limit %(number)s: away for so many hours or more") % words)
            self.fields[f"upto{number}"] = PoundsField(
                label=_("Limit %(number)s: up to") % words, required=False, min_pence=1, max_pence=1_000_000
            )
        self.order_fields(["covered", "cap_per", "cap", *(n for n in self.fields if n[:4] in {"from", "upto"})])

    def clean(self):
        """A limit by the night or hour needs its amount, one by hours away its bands."""
        data = super().clean()
        if not data.get("covered"):
            return data
        per = data.get("cap_per")
        if per in {CapPer.NIGHT, CapPer.HOUR} and data.get("cap") is None and "cap" not in self.errors:
            self.add_error("cap", _("Enter the most you pay"))
        if per == CapPer.HOURS_AWAY:
            self._check_bands(data)
        return data

    def _check_bands(self, data):
        seen = set()
        for number in range(1, MOST_BANDS + 1):
            hours, cap = data.get(f"from{number}"), data.get(f"upto{number}")
            if (hours is None) != (cap is None) and not {f"from{number}", f"upto{number}"} & set(self.errors):
                missing = f"from{number}" if hours is None else f"upto{number}"
                self.add_error(missing, _("Enter both the hours and the amount, or neither"))
            elif hours is not None and hours in seen:
                self.add_error(f"from{number}", _("These hours have a limit already"))
            seen.add(hours)
        if seen == {None} and not self.errors:
            self.add_error("from1", _("Enter from how many hours away you pay, and up to what"))

    @property
    def more(self):
        """The fields besides `covered`, which stand folded beneath it."""
        return [self[name] for name in self.fields if name != "covered"]

    @property
    def terms(self):
        """The ExpenseTerms, or None where this is not covered."""
        data = self.cleaned_data
        if not data["covered"]:
            return None
        per = data.get("cap_per") or CapPer.EACH_TIME.value
        pairs = [(data.get(f"from{number}"), data.get(f"upto{number}")) for number in range(1, MOST_BANDS + 1)]
        return ExpenseTerms(
            self.kind.value,
            cap_pence=data["cap"],
            cap_per=per,
            bands=tuple(pair for pair in pairs if pair[0] is not None) if per == CapPer.HOURS_AWAY else (),
            receipt_needed=data["receipt_needed"],
            receipt_above_pence=data["receipt_above"] or 0,
            agree_first=data["agree_first"],
            agreed_by=data["agreed_by"] or Role.STAFF.value,
            need_is_enough=data.get("need_is_enough", False),
        )


# Mileage has its rate on the form above, and no receipt. Food and drink is for versions that had it: meals while away
# have their limits by hours.
KINDS = [kind for kind in ExpenseKind if kind not in {ExpenseKind.MILEAGE, ExpenseKind.FOOD}]


def expense_forms(data=None, version=None):
    """One ExpenseTermsForm a kind, filled in from `version`, or from what programmes usually cover."""
    if version:
        known = {rule.kind: rule for rule in version.expense_rules.all()}
    else:
        known = {terms.kind: _as_rule(terms) for terms in USUAL_EXPENSES}
    kinds = [*KINDS, *([ExpenseKind.FOOD] if ExpenseKind.FOOD in known else [])]
    return [_expense_form(data, kind, known.get(kind)) for kind in kinds]


def _as_rule(terms):
    return ExpenseRule(
        kind=terms.kind,
        cap_pence=terms.cap_pence,
        receipt_needed=terms.receipt_needed,
        agree_first=terms.agree_first,
        need_is_enough=terms.need_is_enough,
    )


def _expense_form(data, kind, rule):
    if rule is None:
        usual = COUNTED_BY.get(kind, CapPer.EACH_TIME)
        by_hours = usual == CapPer.HOURS_AWAY
        initial = {
            "receipt_needed": True,
            "cap_per": usual if by_hours else CapPer.EACH_TIME,
            "need_is_enough": kind in COVERED_BY_NEED,
        }
        return ExpenseTermsForm(data, kind=kind.value, initial=initial)
    initial = {
        "covered": True,
        "cap": rule.cap_pence,
        "cap_per": rule.cap_per,
        "receipt_needed": rule.receipt_needed,
        "receipt_above": rule.receipt_above_pence or None,
        "agree_first": rule.agree_first,
        "agreed_by": rule.agreed_by,
        "need_is_enough": rule.need_is_enough,
    }
    bands = rule.cap.bands if rule.cap_per == CapPer.HOURS_AWAY else ()
    for number, (hours, pence) in enumerate(bands, start=1):
        initial |= {f"from{number}": wording.plain_number(hours), f"upto{number}": pence}
    return ExpenseTermsForm(data, kind=kind.value, initial=initial, in_words=wording.expense_conditions(rule))


def activity_forms(data=None, version=None):
    """One ActivityFeeForm for each rate of a single activity: those sent in `data`, or those of `version`."""
    if data is not None:
        typed = data.get("rates", "")
        count = min(int(typed), MOST_RATES) if re.fullmatch(r"[0-9]{1,3}", typed) else 0
        return [ActivityFeeForm(data, prefix=f"rate{place}") for place in range(count)]
    rules = [rule for rule in version.fee_rules.all() if rule.activity or rule.role] if version else []
    return [
        ActivityFeeForm(
            prefix=f"rate{place}",
            initial={"activity": rule.activity or EVERY_ACTIVITY, "role": rule.role, **_initial_fee(rule)},
        )
        for place, rule in enumerate(rules)
    ]


def with_one_more(forms_):
    """The ActivityFeeForms as they were filled in, not checked yet, without those left out, and an empty one."""
    typed = [_as_typed(form) for form in forms_ if not form.left_out]
    rows = [*typed, {"method": FeeRule.Method.HALF_OR_FULL_DAY, "limit": "half"}][:MOST_RATES]
    return [ActivityFeeForm(prefix=f"rate{place}", initial=initial) for place, initial in enumerate(rows)]


def as_typed(forms_):
    """Any bound forms as they were filled in, not checked yet."""
    again = []
    for form in forms_:
        more = {"kind": form.kind, "in_words": form.in_words} if isinstance(form, ExpenseTermsForm) else {}
        again.append(type(form)(initial=_as_typed(form), **more))
    return again


def _as_typed(form):
    return {field.name: field.data for field in form}


def one_rate_each(forms_):
    """Whether each activity is named once for each role; puts the error beside the one that names it again."""
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
            "remind_days_before": _in_days(usual_reminders()),
        }
    rule = version.fee_rule_for("")
    initial = {
        "holds_from": timezone.localdate() if version.published_at else version.holds_from,
        "preparation_included": "yes" if version.preparation_included else "no",
        "pay_within_working_days": version.pay_within_working_days,
        "claim_window_months": version.claim_window_months,
        "cancel_within_days": version.cancel_within_days,
        "cancel_share_percent": version.cancel_share_percent,
        "remind_days_before": _in_days(version.remind_days_before),
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


def _in_days(numbers):
    return ", ".join(map(str, numbers))


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


class PublishForm(forms.Form):
    """Publishing the draft as it was read: one that somebody changed since is not published unread."""

    changed_at = forms.DateTimeField(widget=forms.HiddenInput)


class ClosedDayForm(forms.Form):
    """A day on which the programme is closed."""

    day = DayMonthYearField(label=gettext_lazy("Which day?"), help_text=gettext_lazy("For example, 24 12 2026"))
    name = LineBox(
        label=gettext_lazy("What is it?"),
        help_text=gettext_lazy("Anyone can read this. For example: Office closed."),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
