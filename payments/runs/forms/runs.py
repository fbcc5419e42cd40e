"""Forms of a payment run."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payments.claims import queries as claim_queries
from payments.claims.models.claim import Claim
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.forms.fields import set_choices, set_rows
from wellbeing.forms.money import PoundsField
from wellbeing.lib.tables import found_in
from wellbeing.lib.texts import LineBox, WordsBox

ACTIVITY, APPROVED = "activity", "approved"
SENT_BACK, FIRST_TIME = "sent_back", "first_time"


class NarrowClaimsForm(forms.Form):
    """The filters of the waiting claims on the page where a run is made. Read from the address."""

    q = LineBox(label=gettext_lazy("Search by name or claim"), required=False, max_length=200)
    only = forms.ChoiceField(
        label=gettext_lazy("Which claims"),
        required=False,
        choices=[
            ("", gettext_lazy("All waiting")),
            (FIRST_TIME, gettext_lazy("To pay for the first time")),
            (SENT_BACK, gettext_lazy("Came back")),
        ],
    )
    dated = forms.ChoiceField(
        label=gettext_lazy("Date of"),
        required=False,
        choices=[(ACTIVITY, gettext_lazy("The activity")), (APPROVED, gettext_lazy("The approval"))],
    )
    until = forms.DateField(
        label=gettext_lazy("On or before"),
        required=False,
        # One box: three would break the line of filters.
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("There is no such day")},
    )
    cost_code = forms.ChoiceField(label=gettext_lazy("Cost code"), required=False)

    def __init__(self, *args, cost_codes=(), **kwargs):
        super().__init__(*args, **kwargs)
        set_choices(self, "cost_code", [("", _("All")), *((code, code) for code in cost_codes if code)])

    # Whether nothing has the words asked for, and the claims are those of people with names that come near them.
    found_nearly = False

    def narrow(self, claims):
        """Return those of `claims` that fit the filters. A filter that cannot be read leaves nothing out."""
        filters = self.cleaned_data if self.is_valid() else {}
        claims, self.found_nearly = found_in(claims, filters.get("q") or "", ["person__search_key", "reference"])
        if filters.get("only") == SENT_BACK:
            claims = claims.filter(status=Claim.Status.PAYMENT_FAILED)
        elif filters.get("only") == FIRST_TIME:
            claims = claims.exclude(status=Claim.Status.PAYMENT_FAILED)
        if filters.get("until"):
            field = "approved_at__date__lte" if filters.get("dated") == APPROVED else "activity_date__lte"
            claims = claims.filter(**{field: filters["until"]})
        if filters.get("cost_code"):
            claims = claims.alias(code=claim_queries.COST_CODE).filter(code=filters["cost_code"])
        return claims


class ChooseClaimsForm(forms.Form):
    """The claims to pay. Any claim of the programme is taken; the action says which of them have moved on."""

    claims = forms.ModelMultipleChoiceField(
        queryset=Claim.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Claims to pay"),
        error_messages={"required": gettext_lazy("Choose at least one claim to pay")},
    )

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        set_rows(self, "claims", Claim.objects.filter(programme=programme))


class PaidForm(forms.Form):
    """The day the bank made its payments."""

    paid_on = DayMonthYearField(
        label=gettext_lazy("What day was it paid?"),
        help_text=gettext_lazy("The day the money left your bank. We will tell the people it was paid to."),
        latest=timezone.localdate,
        initial=timezone.localdate,
    )


class CloseForm(forms.Form):
    """The amount on the bank's statement for the run."""

    statement = PoundsField(
        label=gettext_lazy("What left your account for this run?"),
        help_text=gettext_lazy(
            "From your bank statement: bank payments, cheques and cash for this run, less any that came back."
        ),
        max_pence=100_000_000_000,
    )


class AgainForm(forms.Form):
    """The reason why papers are made again."""

    reason = WordsBox(
        label=gettext_lazy("Why do you need them again?"),
        help_text=gettext_lazy("For example: the address was wrong. It is kept with the new version."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Say why the documents are made again")},
    )
