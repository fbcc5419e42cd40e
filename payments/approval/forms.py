"""Forms of those who check claims: how much is approved of each line, why not, who is asked, when to be warned."""

from decimal import Decimal

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payments.approval.actions.decisions import LineDecision
from payments.approval.models import FARTHEST_PICTURE
from payments.claims.models.claim import Claim
from people.directory.forms import PersonChoice
from people.models import Person
from programmes.models import Membership, Role
from wellbeing.forms.choices import Radios
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.forms.fields import hide_optional, set_rows
from wellbeing.forms.money import PoundsField
from wellbeing.lib.money import pounds
from wellbeing.lib.texts import LineBox, WordsBox
from wellbeing.lib.ticks import whole_numbers

NARROW = {"class": "govuk-input--width-3", "inputmode": "numeric", "autocomplete": "off"}


class LineForm(forms.Form):
    """The amount approved of one line: all of it unless changed, for less the reason."""

    agreed = PoundsField(label=gettext_lazy("Amount approved"), required=False)
    reason = LineBox(
        label=gettext_lazy("Reason for approving less"),
        help_text=gettext_lazy("The person will see this."),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data=None, *, line, prefix):
        self.line = line
        agreed = line.amount_pence if line.approved_pence is None else line.approved_pence
        super().__init__(data, initial={"agreed": agreed, "reason": line.decision_reason}, prefix=prefix)
        hide_optional(self, "agreed", "reason")
        self.fields["agreed"].help_text = _("Enter 0 to reject this line.")

    def clean(self):
        """Refuse more than the amount of the line, and less without a reason."""
        super().clean()
        data = self.cleaned_data
        if "agreed" in self.errors:
            return data
        agreed = data["agreed"]
        params = {"what": self.line.description, "asked": pounds(self.line.amount_pence)}
        if agreed is None:
            self.add_error("agreed", _("Enter the amount approved for “%(what)s”, 0 if nothing") % params)
        elif agreed > self.line.amount_pence:
            self.add_error("agreed", _("For “%(what)s”, approve %(asked)s or less") % params)
        elif agreed < self.line.amount_pence and not data.get("reason"):
            self.add_error("reason", _("For “%(what)s”, say why less is approved") % params)
        return data

    @property
    def decision(self):
        """The decision on the line, for `actions.decisions.approve`."""
        return LineDecision(self.line, self.cleaned_data["agreed"], self.cleaned_data["reason"])


def line_forms(lines, data=None):
    """Make a LineForm for each of `lines`, in their order."""
    return [LineForm(data, line=line, prefix=f"line{index}") for index, line in enumerate(lines)]


class DecideForm(forms.Form):
    """The question about the whole claim: for one that looks like another, why it is right."""

    duplicate_reason = WordsBox(
        label=gettext_lazy("Why is it right to approve it, although it looks like another claim?"),
        help_text=gettext_lazy("Kept with the claim for staff, finance and auditors."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Say why it is right to approve it")},
    )

    def __init__(self, data=None, *, claim, needs_reason):
        super().__init__(data, initial={"duplicate_reason": claim.duplicate_reason})
        if not needs_reason:
            del self.fields["duplicate_reason"]


class DeclineForm(forms.Form):
    """The reason why a claim is not approved."""

    reason = WordsBox(
        label=gettext_lazy("Why can it not be approved?"),
        help_text=gettext_lazy("They get this by email and read it on their claim. Use kind, plain words."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Say why it cannot be approved")},
    )


class AskAgainForm(forms.Form):
    """The reason why a claim that was not approved should be looked at again."""

    words = WordsBox(
        label=gettext_lazy("What should we know when we look again?"),
        help_text=gettext_lazy("A few words are enough. Somebody else will read them and decide."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Tell us why we should look at it again")},
    )


class NoteForm(forms.Form):
    """A note for colleagues."""

    words = WordsBox(
        label=gettext_lazy("Your note"),
        help_text=gettext_lazy("Staff and finance read it. The person the claim is for does not see it here."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Write your note")},
    )


class ChooseToApproveForm(forms.Form):
    """The claims to approve. Any claim of the programme is taken; the action says which of them have moved on."""

    claims = forms.ModelMultipleChoiceField(
        queryset=Claim.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Claims to approve"),
        error_messages={"required": gettext_lazy("Choose at least one claim to approve")},
    )

    def __init__(self, *args, programme, user, **kwargs):
        super().__init__(*args, **kwargs)
        set_rows(self, "claims", Claim.objects.visible_to(user).filter(programme=programme))

    def clean_claims(self):
        """Return the claims chosen, each once."""
        return list(self.cleaned_data["claims"])


def ids_asked_for(query):
    """Return the ids of the claims ticked on the list, from the page's address."""
    return whole_numbers(query.getlist("claims"))


class AssignmentForm(forms.Form):
    """An assignment of an approver: who is asked to check claims, from when to when, and in whose place."""

    person = PersonChoice(
        label=gettext_lazy("Who is asked to check claims?"),
        queryset=Person.objects.none(),
        empty_label=gettext_lazy("Choose a person"),
    )
    deputises_for = PersonChoice(
        label=gettext_lazy("In place of"),
        help_text=gettext_lazy("Choose who is away. Leave it empty if nobody is."),
        queryset=Person.objects.none(),
        required=False,
        empty_label=gettext_lazy("Nobody"),
    )
    starts_on = DayMonthYearField(label=gettext_lazy("First day"), initial=timezone.localdate)
    ends_on = DayMonthYearField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("When somebody is away, the last day they are away."),
        required=False,
    )

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        staff = Membership.objects.effective_on(timezone.localdate()).filter(programme=programme, role=Role.STAFF)
        people = Person.objects.filter(memberships__in=staff).distinct().order_by("sort_key", "pk")
        set_rows(self, "person", people)
        set_rows(self, "deputises_for", people)


class _HighestPercentField(forms.IntegerField):
    """Ask for the highest part of the expenses, of which we warn; the value is the rest, in per cent: usual ones."""

    def prepare_value(self, value):
        """Show what is kept, 95, as 5; and what was typed as it was typed."""
        return 100 - value if isinstance(value, int) else value

    def clean(self, value):
        """Return 95 for 5."""
        cleaned = super().clean(value)
        return None if cleaned is None else 100 - cleaned

    def has_changed(self, initial, data):
        """Return whether the box no longer shows what was kept."""
        return super().has_changed(self.prepare_value(initial), data)


# How far two pictures may differ and still count as nearly the same: of 0 (only the same) to FARTHEST_PICTURE.
_STRICTNESS = [
    (1, gettext_lazy("Strict: warn only when two photos are almost the same")),
    (3, gettext_lazy("Normal")),
    (FARTHEST_PICTURE, gettext_lazy("Loose: warn more often, sometimes for nothing")),
]


class _StrictnessField(forms.TypedChoiceField):
    """Ask for one of three ways to compare. A number set before in between shows as the nearest."""

    def __init__(self, **kwargs):
        super().__init__(coerce=int, **kwargs)

    def prepare_value(self, value):
        """Return the nearest of the three to a number that is kept, and what was sent as it was sent."""
        if not isinstance(value, int):
            return value
        return min((known for known, _label in _STRICTNESS), key=lambda known: abs(known - value))


class WarningThresholdsForm(forms.Form):
    """The thresholds from which approvers are warned."""

    usual_percent = _HighestPercentField(
        label=gettext_lazy("Warn about the highest … % of expenses of the same kind"),
        help_text=gettext_lazy("In this programme. Enter 5 to warn about the highest 5 in 100, 0 to warn about none."),
        min_value=0,
        max_value=50,
        widget=forms.TextInput(attrs=NARROW),
    )
    usual_examples = forms.IntegerField(
        label=gettext_lazy("How many expenses of that kind do there have to be?"),
        help_text=gettext_lazy("With fewer, nobody knows what is usual."),
        min_value=1,
        max_value=10_000,
        widget=forms.TextInput(attrs=NARROW),
    )
    usual_months = forms.IntegerField(
        label=gettext_lazy("From how many months?"), min_value=1, max_value=120, widget=forms.TextInput(attrs=NARROW)
    )
    long_route_miles = forms.DecimalField(
        label=gettext_lazy("From how many miles is a drive a long way?"),
        min_value=Decimal("0.1"),
        max_value=Decimal(9999),
        max_digits=5,
        decimal_places=1,
        widget=forms.TextInput(attrs={**NARROW, "class": "govuk-input--width-5", "inputmode": "decimal"}),
    )
    ask_above_pence = PoundsField(
        label=gettext_lazy("From what amount do we ask if an expense is right?"),
        help_text=gettext_lazy("We ask while it is typed, before it is sent. Kinds with a limit are not asked about."),
        min_pence=1,
        max_pence=1_000_000,
    )
    ask_times_usual = forms.IntegerField(
        label=gettext_lazy("How many times the usual amount must it also be?"),
        help_text=gettext_lazy(
            "“Usual” is worked out as above. If there are too few to compare, we use only the amount."
        ),
        min_value=1,
        max_value=100,
        widget=forms.TextInput(attrs=NARROW),
    )
    picture_distance = _StrictnessField(
        label=gettext_lazy("How strictly to compare receipt photos"),
        choices=_STRICTNESS,
        widget=Radios,
    )
