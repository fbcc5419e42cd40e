"""Forms about what was decided, and what follows from it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.directory.forms import PersonChoice
from people.directory.models import Person
from programmes.decisions.models import ActionPoint, Decision, DecisionReview
from programmes.programme.forms.common import half, paragraph
from wellbeing.forms.choices import Radios
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.forms.fields import set_rows
from wellbeing.lib.dates import today
from wellbeing.lib.texts import LineBox, WordsBox

OUTCOMES = [
    (Decision.Outcome.AGREED, _("Agreed")),
    (Decision.Outcome.NOT_AGREED, _("Not agreed")),
    (Decision.Outcome.COME_BACK, _("Come back to it later")),
]


class OutcomeForm(forms.Form):
    """The outcome of a proposal. With `dissent`, why has to answer it; with `may_be_urgent`, it may be sooner."""

    outcome = forms.ChoiceField(
        label=_("What was decided?"),
        choices=OUTCOMES,
        widget=Radios,
        error_messages={"required": _("Choose what was decided")},
    )
    reason = WordsBox(label=_("Why?"), max_length=8000, widget=paragraph(6), error_messages={"required": _("Say why")})
    what_changes = WordsBox(
        label=_("What changes because of it?"),
        help_text=_("What people will notice, and from when."),
        max_length=4000,
        required=False,
        widget=paragraph(3),
    )
    decided_on = DayMonthYearField(label=_("Date decided"), latest=today)
    in_force_on = DayMonthYearField(
        label=_("From when does it apply?"), help_text=_("Leave empty for the day it was decided."), required=False
    )
    safe_to_try = forms.BooleanField(
        label=_("It is safe enough to try: the group looks at what happened"), required=False
    )
    review_on = DayMonthYearField(label=_("When will you look at it again?"), required=False, earliest=today)
    urgency_reason = WordsBox(
        label=_("Why could it not wait?"),
        help_text=_(
            "Only where the group's rule for urgent decisions applies. The group confirms or reverses it later."
        ),
        max_length=2000,
        required=False,
        widget=paragraph(3),
    )

    def __init__(self, *args, dissent=False, may_be_urgent=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["decided_on"].initial = today()
        if dissent:
            self.fields["reason"].help_text = _("Say what speaks for it, and what was said against it.")
        if not may_be_urgent:
            del self.fields["urgency_reason"]


class ActionPointForm(forms.Form):
    """Something to be done by one of `people`."""

    title = LineBox(label=_("What is to be done?"), max_length=200, widget=half())
    owner = PersonChoice(label=_("Who does it?"), queryset=Person.objects.none(), empty_label=_("Choose a person"))
    due_on = DayMonthYearField(label=_("By when?"), earliest=today)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        set_rows(self, "owner", people)


class ProgressForm(forms.Form):
    """How far something is."""

    status = forms.ChoiceField(label=_("How far is it?"), choices=ActionPoint.Status, widget=Radios)
    progress = WordsBox(label=_("Tell the group more"), max_length=4000, required=False, widget=paragraph(3))


class ReviewForm(forms.Form):
    """Looking at a decision again; `safe_to_try` asks what happened more plainly."""

    happened = WordsBox(
        label=_("What happened because of it?"),
        help_text=_("The good and the bad, and for whom."),
        max_length=8000,
        widget=paragraph(),
        error_messages={"required": _("Say what happened because of it")},
    )
    result = forms.ChoiceField(label=_("What follows?"), choices=DecisionReview.Result, widget=Radios)
    next_on = DayMonthYearField(
        label=_("When will you look at it again?"),
        help_text=_("Leave empty for never."),
        required=False,
        earliest=today,
    )

    def __init__(self, *args, safe_to_try=False, **kwargs):
        super().__init__(*args, **kwargs)
        if safe_to_try:
            self.fields["happened"].label = _("It was safe enough to try. What happened?")
