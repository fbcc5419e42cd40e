"""The form staff set a policy with: a few plain questions, then a row for each kind of expense."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from payments import wording
from payments.actions.policy import USUAL_EXPENSES, ExpenseTerms
from payments.models import FeeRule
from payments.models.policy import ExpenseKind
from wellbeing.forms import DayMonthYearField, PoundsField, Radios

NARROW = {"class": "govuk-input--width-3", "inputmode": "numeric", "autocomplete": "off"}


class PolicyForm(forms.Form):
    """How people are paid for their time, what driving is repaid at, and the promises."""

    holds_from = DayMonthYearField(
        label=gettext_lazy("From which day does this hold?"),
        help_text=gettext_lazy("Activities on this day and later are paid by it. Earlier ones keep what was promised."),
    )
    half_day = PoundsField(label=gettext_lazy("Half a day"), min_pence=0, max_pence=1_000_000)
    full_day = PoundsField(label=gettext_lazy("A full day"), min_pence=0, max_pence=1_000_000)
    half_day_hours = forms.DecimalField(
        label=gettext_lazy("How many hours is half a day?"),
        min_value=0.25,
        max_value=24,
        max_digits=4,
        decimal_places=2,
        widget=forms.TextInput(attrs={**NARROW, "inputmode": "decimal"}),
        error_messages={"invalid": gettext_lazy("Enter the hours as a number, such as 4 or 3.5")},
    )
    limit = forms.ChoiceField(
        label=gettext_lazy("If somebody gives exactly that many hours"),
        choices=[("half", gettext_lazy("It is half a day")), ("full", gettext_lazy("It is a full day"))],
        widget=Radios,
    )
    preparation_included = forms.ChoiceField(
        label=gettext_lazy("Does the payment include time to prepare?"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        widget=Radios,
    )
    pence_per_mile = forms.DecimalField(
        label=gettext_lazy("Pence for each mile people drive"),
        help_text=gettext_lazy("Such as 40 or 45.5. Leave it empty if you do not cover driving."),
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

    @property
    def values(self):
        """What `actions.policy.publish` takes, without the expenses."""
        data = self.cleaned_data
        return {
            "holds_from": data["holds_from"],
            "half_day_pence": data["half_day"],
            "full_day_pence": data["full_day"],
            "half_day_hours": data["half_day_hours"],
            "limit_is_half_day": data["limit"] == "half",
            "preparation_included": data["preparation_included"] == "yes",
            "pence_per_mile": data["pence_per_mile"],
            "pay_within_working_days": data["pay_within_working_days"],
            "claim_window_months": data["claim_window_months"],
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


def initial_policy(version, programme):
    """What a new PolicyForm starts from: the version in force, or an empty form with the usual answers."""
    if version is None:
        return {
            "holds_from": programme.starts_on,
            "limit": "half",
            "preparation_included": "yes",
            "half_day_hours": 4,
            "pay_within_working_days": 10,
            "claim_window_months": 3,
        }
    initial = {
        "holds_from": timezone.localdate(),
        "preparation_included": "yes" if version.preparation_included else "no",
        "pay_within_working_days": version.pay_within_working_days,
        "claim_window_months": version.claim_window_months,
        "limit": "half",
    }
    rule = version.fee_rule_for("")
    if rule and rule.method == FeeRule.Method.HALF_OR_FULL_DAY:
        initial |= {
            "half_day": rule.half_day_pence,
            "full_day": rule.full_day_pence,
            "half_day_hours": wording.plain_number(rule.half_day_hours),
            "limit": "half" if rule.limit_is_half_day else "full",
        }
    mileage = version.expense_rule_for(ExpenseKind.MILEAGE)
    if mileage:
        initial["pence_per_mile"] = wording.plain_number(mileage.pence_per_mile)
    return initial
