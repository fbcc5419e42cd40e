"""Forms for the expenses a policy repays and their limits."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payments.policy import wording
from payments.policy.actions import USUAL_EXPENSES, ExpenseTerms
from payments.policy.forms.fees import fee_hours_field
from payments.policy.models.expenses import AGREED_BY, COUNTED_BY, COVERED_BY_NEED, ExpenseRule
from payments.policy.models.kinds import CapPer, ExpenseKind
from programmes.models import Role
from wellbeing.forms.choices import Radios
from wellbeing.forms.fields import hide_optional, set_choices
from wellbeing.forms.money import PoundsField

NARROW = {"class": "govuk-input--width-3", "inputmode": "numeric", "autocomplete": "off"}
MAX_BANDS = 4
LIMITS = {
    CapPer.EACH_TIME: gettext_lazy("For each time"),
    CapPer.NIGHT: gettext_lazy("For each night"),
    CapPer.HOUR: gettext_lazy("For each hour"),
    CapPer.HOURS_AWAY: gettext_lazy("It depends on how long somebody is away"),
}
OWN_RATE, HMRC_RATES, NO_MILEAGE = "own", "hmrc", "none"


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
    needs_prior_approval = forms.BooleanField(label=gettext_lazy("People ask before they spend it"), required=False)
    agreed_by = forms.ChoiceField(label=gettext_lazy("Who may agree?"), choices=AGREED_BY, required=False)
    need_is_enough = forms.BooleanField(
        label=gettext_lazy("People whose access needs include this do not have to ask first"), required=False
    )

    def __init__(self, data=None, *, kind, in_words="", initial=None):
        super().__init__(data, prefix=kind, initial=initial)
        self.kind, self.in_words = ExpenseKind(kind), in_words
        counted = COUNTED_BY.get(self.kind)
        if counted:
            self.fields["cap"].label = _("The most we pay")
            set_choices(self, "cap_per", [(per.value, LIMITS[per]) for per in (CapPer.EACH_TIME, counted)])
            self.order_fields(["covered", "cap_per", "cap"])
        else:
            del self.fields["cap_per"]
        if counted == CapPer.HOURS_AWAY:
            self._add_bands()
        if self.kind not in COVERED_BY_NEED:
            del self.fields["need_is_enough"]
        hide_optional(self, *self.fields)

    def _add_bands(self):
        self.fields["cap"].help_text = _("Only where the limit is for each time. Leave it empty for no limit.")
        for number in range(1, MAX_BANDS + 1):
            params = {"number": number}
            self.fields[f"from{number}"] = fee_hours_field(
                _("Limit %(number)s: away for so many hours or more") % params
            )
            self.fields[f"upto{number}"] = PoundsField(
                label=_("Limit %(number)s: up to") % params, required=False, min_pence=1, max_pence=1_000_000
            )
        self.order_fields(["covered", "cap_per", "cap", *(n for n in self.fields if n[:4] in {"from", "upto"})])

    def clean(self):
        """Refuse a limit by the night or hour without an amount, and one by hours away without bands."""
        super().clean()
        data = self.cleaned_data
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
        for number in range(1, MAX_BANDS + 1):
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
        pairs = [(data.get(f"from{number}"), data.get(f"upto{number}")) for number in range(1, MAX_BANDS + 1)]
        bands = tuple((hours, cap) for hours, cap in pairs if hours is not None and cap is not None)
        return ExpenseTerms(
            self.kind.value,
            cap_pence=data["cap"],
            cap_per=per,
            bands=bands if per == CapPer.HOURS_AWAY else (),
            receipt_needed=data["receipt_needed"],
            receipt_above_pence=data["receipt_above"] or 0,
            needs_prior_approval=data["needs_prior_approval"],
            agreed_by=data["agreed_by"] or Role.STAFF.value,
            need_is_enough=data.get("need_is_enough", False),
        )


# Mileage has its rate on the form above, and no receipt. Food and drink is for versions that had it: meals while away
# have their limits by hours.
KINDS = [kind for kind in ExpenseKind if kind not in {ExpenseKind.MILEAGE, ExpenseKind.FOOD}]


def expense_forms(data=None, version=None):
    """Make an ExpenseTermsForm for each kind, filled in from `version`, or from what programmes usually cover."""
    if version:
        rules = {rule.kind: rule for rule in version.expense_rules.all()}
    else:
        rules = {terms.kind: _as_rule(terms) for terms in USUAL_EXPENSES}
    kinds = [*KINDS, *([ExpenseKind.FOOD] if ExpenseKind.FOOD in rules else [])]
    return [_expense_form(data, kind, rules.get(kind)) for kind in kinds]


def _as_rule(terms):
    return ExpenseRule(
        kind=terms.kind,
        cap_pence=terms.cap_pence,
        receipt_needed=terms.receipt_needed,
        needs_prior_approval=terms.needs_prior_approval,
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
        "needs_prior_approval": rule.needs_prior_approval,
        "agreed_by": rule.agreed_by,
        "need_is_enough": rule.need_is_enough,
    }
    bands = rule.cap.bands if rule.cap_per == CapPer.HOURS_AWAY else ()
    for number, (hours, pence) in enumerate(bands, start=1):
        initial |= {f"from{number}": hours, f"upto{number}": pence}
    return ExpenseTermsForm(data, kind=kind.value, initial=initial, in_words=wording.expense_conditions(rule))
