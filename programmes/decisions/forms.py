"""Forms about decisions."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.decisions.models import Decision, Position
from programmes.programme.forms.common import half, paragraph
from programmes.programme.models.groups import Group
from wellbeing.forms.choices import Radios
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.forms.fields import set_rows
from wellbeing.lib.dates import today
from wellbeing.lib.texts import LineBox, WordsBox


class WordingForm(forms.Form):
    """The words of a proposal."""

    title = LineBox(label=_("The proposal in a few words"), max_length=150, widget=half())
    wording = WordsBox(
        label=_("The proposal"),
        help_text=_("The exact wording. You cannot change it once somebody has responded."),
        max_length=4000,
        widget=paragraph(),
    )
    background = WordsBox(
        label=_("Why"),
        help_text=_("What people need to know to make up their mind."),
        max_length=8000,
        required=False,
        widget=paragraph(),
    )
    closes_on = DayMonthYearField(
        label=_("When do you want views by?"),
        help_text=_("Leave time for people who need longer to read and think."),
        error_messages={"required": _("Enter the day you want views by")},
    )


class ProposalForm(WordingForm):
    """A new proposal to one of `groups` (a queryset of steering groups)."""

    group = forms.ModelChoiceField(
        label=_("Which group decides?"), queryset=Group.objects.none(), empty_label=None, widget=Radios
    )

    field_order = ["group", "title", "wording", "background", "closes_on"]

    def __init__(self, *args, groups, **kwargs):
        super().__init__(*args, **kwargs)
        set_rows(self, "group", groups)
        closes_on = self.fields["closes_on"]
        assert isinstance(closes_on, DayMonthYearField)
        closes_on.earliest = today
        # One question fewer where there is only one answer.
        if len(groups) == 1:
            self.fields["group"].widget = forms.HiddenInput()
            self.fields["group"].initial = groups[0]


class PositionForm(forms.Form):
    """A member's position."""

    stance = forms.ChoiceField(
        label=_("What do you think of this proposal?"),
        choices=Position.Stance,
        widget=Radios,
        error_messages={"required": _("Choose what you think")},
    )
    reason = WordsBox(
        label=_("In your own words"),
        help_text=_("Say as much or as little as you like. Nobody else can change or remove your words."),
        max_length=4000,
        required=False,
        widget=paragraph(),
    )
    named = forms.BooleanField(
        label=_("Show my name with my words"),
        help_text=_(
            "If you do not tick this, people will see what you wrote but not your name. In a small group, people may"
            " guess it was you."
        ),
        required=False,
        initial=True,
    )


class OutcomeForm(forms.Form):
    """The outcome of a proposal. With `dissent`, the reason has to answer it."""

    outcome = forms.ChoiceField(
        label=_("What was decided?"),
        choices=Decision.Outcome,
        widget=Radios,
        error_messages={"required": _("Choose what was decided")},
    )
    reason = WordsBox(label=_("Why?"), max_length=8000, widget=paragraph(6))
    what_changes = WordsBox(
        label=_("What changes because of it?"),
        help_text=_("What people will notice, and from when."),
        max_length=4000,
        required=False,
        widget=paragraph(3),
    )
    decided_on = DayMonthYearField(label=_("Date decided"), latest=today)
    review_on = DayMonthYearField(label=_("When will you look at it again?"), required=False, earliest=today)

    def __init__(self, *args, dissent=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["decided_on"].initial = today()
        reason = self.fields["reason"]
        if dissent:
            reason.label = _("Why, and how was each objection answered?")
            reason.help_text = _("Answer each of the objections above, one by one.")
            reason.error_messages["required"] = _("Say why, and how each objection was answered")
        else:
            reason.error_messages["required"] = _("Say why")


class WithdrawForm(forms.Form):
    """Why a proposal is withdrawn."""

    reason = WordsBox(
        label=_("Why is it withdrawn?"),
        help_text=_("Members can read this."),
        max_length=8000,
        required=False,
        widget=paragraph(3),
    )


class DecisionFilter(django_filters.FilterSet):
    """Filters the record of decisions."""

    status = django_filters.ChoiceFilter(label=_("Status"), choices=Decision.Status.choices, empty_label=_("All"))
    outcome = django_filters.ChoiceFilter(
        label=_("Outcome"), choices=Decision.Outcome.choices, empty_label=_("Any outcome")
    )

    class Meta:
        model = Decision
        fields = ["status", "outcome"]
