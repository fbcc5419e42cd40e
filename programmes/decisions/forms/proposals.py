"""Forms about proposals: making one, changing it, and what happens to it."""

import datetime as dt

import django_filters
from django import forms
from django.conf import settings
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from programmes.decisions.models import Decision, Objection, Option
from programmes.decisions.queries import lists
from programmes.groups.models import GroupRules, Method
from programmes.heard.models import Contribution
from programmes.programme.forms.common import half, paragraph
from programmes.programme.models.groups import Group
from wellbeing.forms.choices import Checkboxes, Radios
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.forms.fields import set_rows
from wellbeing.lib import uploads
from wellbeing.lib.dates import today
from wellbeing.lib.texts import LineBox, WordsBox

METHOD_HINTS = {
    Method.CONSENT: _("Good enough for now, safe enough to try. Each objection is answered first."),
    Method.GRADIENT: _("From whole-hearted agreement to “I cannot accept it”. Shows what everyone could live with."),
    Method.VOTE: _("In favour or against. Use it when the group must choose."),
}
STAGE_HINTS = {
    Decision.Status.GATHERING: _("People say what matters to them and ask questions. Nobody decides yet."),
    Decision.Status.SHAPING: _("There is a first wording. People suggest changes and other ways."),
    Decision.Status.DECIDING: _("The wording is ready. Members are asked for their views today."),
}


class WordingForm(forms.Form):
    """The words of a proposal and what stands around them."""

    title = LineBox(label=_("The proposal in a few words"), max_length=150, widget=half())
    wording = WordsBox(
        label=_("The proposal"),
        help_text=_("The exact words people are asked about. If they change later, everyone is asked again."),
        max_length=4000,
        widget=paragraph(),
    )
    background = WordsBox(
        label=_("Why, and why now?"),
        help_text=_("What people need to know to make up their mind."),
        max_length=8000,
        required=False,
        widget=paragraph(),
    )
    affected = WordsBox(label=_("Who does it affect, and how?"), max_length=4000, required=False, widget=paragraph(3))
    cost = WordsBox(label=_("What does it cost?"), max_length=2000, required=False, widget=paragraph(2))
    easy_read = WordsBox(
        label=_("The same in short, easy sentences"),
        help_text=_("One idea in each sentence. Shown at the top, for everyone."),
        max_length=4000,
        required=False,
        widget=paragraph(3),
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
    stage = forms.ChoiceField(
        label=_("Where does it start?"),
        choices=[(stage.value, stage.label) for stage in Decision.OPEN],
        initial=Decision.Status.DECIDING,
        widget=Radios(hints=STAGE_HINTS),
    )
    method = forms.ChoiceField(
        label=_("How will the group decide?"),
        help_text=_("This cannot change once a member has given their view."),
        choices=Method,
        initial=Method.GRADIENT,
        widget=Radios(hints=METHOD_HINTS),
    )
    hides_views = forms.BooleanField(
        label=_("Members see what others think once they have given their own view"), required=False
    )

    field_order = [
        "group", "title", "wording", "easy_read", "background", "affected", "cost", "stage", "method", "hides_views",
        "closes_on",
    ]  # fmt: skip

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
            self._say_rules(GroupRules.objects.in_force_on(groups[0], today()))

    def _say_rules(self, rules: GroupRules | None) -> None:
        """Offer what the rules of the only group allow, and the first day they do."""
        if rules is None:
            return
        method, closes_on = self.fields["method"], self.fields["closes_on"]
        assert isinstance(method, forms.ChoiceField)
        method.choices = [(key, label) for key, label in Method.choices if key in rules.methods]
        method.initial = rules.methods[0]
        if rules.open_days:
            closes_on.help_text = now_(
                "At least %(days)s days from today, by the rules of the group. Leave time for people who need longer to"
                " read and think."
            ) % {"days": rules.open_days}


class AmendForm(forms.Form):
    """New words for a proposal. `objections` are those without an answer that the change may answer."""

    wording = WordsBox(label=_("The proposal"), max_length=4000, widget=paragraph(6))
    why = WordsBox(
        label=_("Why do the words change?"),
        help_text=_("Everyone who is asked again reads this."),
        max_length=2000,
        required=False,
        widget=paragraph(3),
    )
    answers = forms.ModelMultipleChoiceField(
        label=_("Does the change answer any of these?"),
        queryset=Objection.objects.none(),
        required=False,
        widget=Checkboxes,
    )

    def __init__(self, *args, objections, **kwargs):
        super().__init__(*args, **kwargs)
        if objections:
            set_rows(self, "answers", objections)
        else:
            del self.fields["answers"]


class ClosingDayForm(forms.Form):
    """The last day for views, after `earliest`."""

    closes_on = DayMonthYearField(
        label=_("When do you want views by?"),
        error_messages={"required": _("Enter the day you want views by")},
    )

    def __init__(self, *args, earliest: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        closes_on = self.fields["closes_on"]
        assert isinstance(closes_on, DayMonthYearField)
        closes_on.earliest = lambda: earliest


class LinkForm(forms.Form):
    """The contributions a proposal rests on, among `contributions`."""

    contributions = forms.ModelMultipleChoiceField(
        label=_("What have we heard that this is about?"),
        help_text=_("People who said it are told what was decided."),
        queryset=Contribution.objects.none(),
        required=False,
        widget=Checkboxes,
    )

    def __init__(self, *args, contributions, **kwargs):
        super().__init__(*args, **kwargs)
        set_rows(self, "contributions", contributions)


class DocumentForm(forms.Form):
    """A document that comes with a proposal."""

    title = LineBox(label=_("Name of the document"), max_length=150, widget=half())
    file = forms.FileField(label=_("A PDF or photo"))
    is_easy_read = forms.BooleanField(label=_("It is an Easy Read version of the proposal"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        file = self.fields["file"]
        file.help_text = now_("Not larger than %(size)s.") % {"size": uploads.size_words(settings.UPLOAD_MAX_BYTES)}
        file.widget.attrs |= uploads.box_attributes(settings.UPLOAD_MAX_BYTES)


class WithdrawForm(forms.Form):
    """Why a proposal is withdrawn."""

    reason = WordsBox(
        label=_("Why is it withdrawn?"),
        help_text=_("Members can read this."),
        max_length=8000,
        required=False,
        widget=paragraph(3),
    )


class OptionForm(forms.Form):
    """One of the ways a proposal could go, perhaps made from some of `options`."""

    title = LineBox(label=_("The option in a few words"), max_length=150, widget=half())
    for_it = WordsBox(label=_("What speaks for it?"), max_length=4000, required=False, widget=paragraph(3))
    against_it = WordsBox(label=_("What speaks against it?"), max_length=4000, required=False, widget=paragraph(3))
    cost = LineBox(label=_("What does it cost?"), max_length=150, required=False, widget=half())
    made_from = forms.ModelMultipleChoiceField(
        label=_("Is it made from others?"),
        help_text=_("Choose two or more to bring together what people need from each."),
        queryset=Option.objects.none(),
        required=False,
        widget=Checkboxes,
    )

    def __init__(self, *args, options, **kwargs):
        super().__init__(*args, **kwargs)
        if len(options) > 1:
            set_rows(self, "made_from", options)
        else:
            del self.fields["made_from"]


class DecisionFilter(django_filters.FilterSet):
    """Filters the record of decisions."""

    status = django_filters.ChoiceFilter(label=_("Stage"), choices=Decision.Status.choices, empty_label=_("All"))
    outcome = django_filters.ChoiceFilter(
        label=_("Outcome"), choices=Decision.Outcome.choices, empty_label=_("Any outcome")
    )
    todo = django_filters.ChoiceFilter(
        label=_("To do"),
        choices=[
            ("open", _("Still open")),
            ("view", _("Needs your view")),
            ("objection", _("Objection without an answer")),
            ("review", _("To be looked at again")),
        ],
        empty_label=_("Everything"),
        method="to_do",
    )

    class Meta:
        model = Decision
        fields = ["status", "outcome", "todo"]

    def to_do(self, rows, _name, value):
        """Narrow the list to what is to be done."""
        user, now = self.request.user, today()
        if value == "open":
            return rows.open()
        if value == "view":
            return rows.filter(pk__in=lists.waiting_for_position(user, now).order_by().values("pk"))
        if value == "objection":
            hidden = lists.hides_views_from(user, now).order_by().values("pk")
            return rows.filter(pk__in=lists.unanswered_objections().values("decision")).exclude(pk__in=hidden)
        due = lists.with_look_on(Decision.objects.filter(status=Decision.Status.DECIDED)).filter(look_on__lte=now)
        return rows.filter(pk__in=due.order_by().values("pk"))
