"""The form for a version of the policy."""

import re

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payments.policy.actions import ActivityFee, NoReceiptTerms
from payments.policy.forms.expenses import HMRC_RATES, NARROW, NO_MILEAGE, OWN_RATE, ExpenseTermsForm
from payments.policy.forms.fees import METHODS, NOT_PAID, FeeForm, _initial_fee, typed_values
from payments.policy.models.fees import FeeRule
from payments.policy.models.kinds import ExpenseKind
from payments.shared import wording as shared_wording
from payments.upload_paths import usual_reminders
from wellbeing.forms.choices import Radios
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.forms.fields import hide_optional, set_choices
from wellbeing.forms.money import PoundsField
from wellbeing.lib.texts import LineBox

# Reminders of one claim.
MAX_REMINDERS = 5


class PolicyForm(FeeForm):
    """The rates for time and driving, and the promises of a version of the policy."""

    NEEDED = {**FeeForm.NEEDED, NOT_PAID: ()}

    effective_from = DayMonthYearField(
        label=gettext_lazy("When does this start?"),
        help_text=gettext_lazy(
            "The new rates apply to activities from this date. Earlier activities keep the old rates."
        ),
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
        label=gettext_lazy("If we cancel fewer than how many days before, do we still pay people?"),
        help_text=gettext_lazy(
            "Everyone who said yes will still be paid. Enter 0 for the day of the event only. Leave empty if you do not"
            " pay for late cancellations."
        ),
        required=False,
        min_value=0,
        max_value=90,
        widget=forms.TextInput(attrs=NARROW),
        error_messages={"invalid": gettext_lazy("Enter a whole number, such as 2")},
    )
    cancel_share_percent = forms.IntegerField(
        label=gettext_lazy("What percentage of the payment do they still get?"),
        help_text=gettext_lazy("100 is all of it, 50 is half."),
        required=False,
        min_value=1,
        max_value=100,
        widget=forms.TextInput(attrs=NARROW),
        error_messages={"invalid": gettext_lazy("Enter a whole number from 1 to 100, such as 50")},
    )
    remind_days_before = LineBox(
        label=gettext_lazy("How many days before the last day to claim should we remind people?"),
        help_text=gettext_lazy(
            "We will remind people only of claims they have not sent. You can enter several numbers, such as 14, 3."
            " Leave empty for no reminders."
        ),
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
    no_receipt_up_to = PoundsField(
        label=gettext_lazy("What is the most you pay back without a receipt?"),
        help_text=gettext_lazy(
            "For one expense whose receipt is lost or was never given, with a reason. Leave it empty if you always need"
            " the receipt."
        ),
        required=False,
        min_pence=1,
        max_pence=1_000_000,
    )
    no_receipt_second_above = PoundsField(
        label=gettext_lazy("Above which amount without receipts do two members of staff approve a claim?"),
        help_text=gettext_lazy("Added up over the claim. 0 means always. Leave it empty if one is always enough."),
        required=False,
        min_pence=0,
        max_pence=1_000_000,
    )
    field_order = ["effective_from"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        not_paid = (NOT_PAID, gettext_lazy("Time is not paid, except for the activities named below"))
        set_choices(self, "method", [*METHODS, not_paid])
        hide_optional(self, "pence_per_mile", "cancel_within_days", "cancel_share_percent")

    def clean(self):
        """Refuse a form without the rate a mile that was chosen, or with one number of two about late cancelling."""
        super().clean()
        data = self.cleaned_data
        days, share = data.get("cancel_within_days"), data.get("cancel_share_percent")
        if days is None and share is not None and "cancel_within_days" not in self.errors:
            self.add_error("cancel_within_days", _("Enter how many days before counts as late"))
        if share is None and days is not None and "cancel_share_percent" not in self.errors:
            self.add_error("cancel_share_percent", _("Enter how much of the payment, such as 50"))
        most, second = data.get("no_receipt_up_to"), data.get("no_receipt_second_above")
        if second is not None and most is None and "no_receipt_up_to" not in self.errors:
            self.add_error("no_receipt_up_to", _("Enter the most you pay back, or leave the next amount empty too"))
        missing = data.get("pence_per_mile") is None and "pence_per_mile" not in self.errors
        if data.get("mileage") == OWN_RATE and missing:
            self.add_error("pence_per_mile", _("Enter the pence for each mile"))
        return data

    def clean_remind_days_before(self):
        """Return the numbers of days as a list, the largest first."""
        parts = self.cleaned_data["remind_days_before"].replace(",", " ").split()
        if not all(re.fullmatch(r"[1-9][0-9]{0,2}", part) for part in parts) or len(parts) > MAX_REMINDERS:
            raise forms.ValidationError(_("Enter whole numbers of days with commas between them, such as 14, 3"))
        return sorted({int(part) for part in parts}, reverse=True)

    @property
    def values(self):
        """The arguments of `policy.actions.save_draft`, without the expenses and the fees of single activities."""
        data = self.cleaned_data
        return {
            "effective_from": data["effective_from"],
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
            "no_receipt": None
            if data["no_receipt_up_to"] is None
            else NoReceiptTerms(data["no_receipt_up_to"], data["no_receipt_second_above"]),
        }


def initial_policy(version, programme):
    """Return the first answers of a PolicyForm: those of the version in force, or the usual ones."""
    if version is None:
        return {
            "effective_from": programme.starts_on,
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
        "effective_from": timezone.localdate() if version.published_at else version.effective_from,
        "preparation_included": "yes" if version.preparation_included else "no",
        "pay_within_working_days": version.pay_within_working_days,
        "claim_window_months": version.claim_window_months,
        "cancel_within_days": version.cancel_within_days,
        "cancel_share_percent": version.cancel_share_percent,
        "remind_days_before": _in_days(version.remind_days_before),
        "second_approval_above": version.second_approval_above_pence,
        "no_receipt_up_to": version.no_receipt_up_to_pence,
        "no_receipt_second_above": version.no_receipt_second_above_pence,
        "mileage": NO_MILEAGE,
        **(_initial_fee(rule) if rule else {"method": NOT_PAID, "limit": "half"}),
    }
    mileage = version.expense_rule_for(ExpenseKind.MILEAGE)
    if mileage and mileage.hmrc_rates:
        initial["mileage"] = HMRC_RATES
    elif mileage:
        initial |= {"mileage": OWN_RATE, "pence_per_mile": shared_wording.plain_number(mileage.pence_per_mile)}
    return initial


def _in_days(numbers):
    return ", ".join(map(str, numbers))


def as_typed(forms_):
    """Return unbound forms with what was typed into `forms_`, not checked yet."""
    again = []
    for form in forms_:
        more = {"kind": form.kind, "in_words": form.in_words} if isinstance(form, ExpenseTermsForm) else {}
        again.append(type(form)(initial=typed_values(form), **more))
    return again
