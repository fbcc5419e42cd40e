"""Forms about vision, aims, activities and changes."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.heard.models import Contribution, Rung
from programmes.impact import queries
from programmes.impact.models import Activity, Aim, ImpactPaper
from programmes.impact.models.activities import MAX_ANSWER
from programmes.impact.models.aims import MAX_SIGNS
from programmes.programme.forms.common import half, paragraph
from wellbeing.forms.choices import Checkboxes, Radios
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.forms.fields import set_rows
from wellbeing.lib.dates import today
from wellbeing.lib.texts import LineBox, UrlBox, WordsBox

# Boxes to tick on one page: what was said longer ago stays ticked where it was.
LATEST_SAID = 40


class VisionForm(forms.Form):
    """The vision of a programme, from a day on."""

    words = WordsBox(
        label=_("What do you want to be true one day?"),
        help_text=_("A few sentences, in the words you agreed on together."),
        max_length=2000,
        widget=paragraph(),
        error_messages={"required": _("Enter the vision")},
    )
    agreed_at = LineBox(
        label=_("Where was it agreed?"),
        help_text=_("For example: the name of the day or meeting."),
        max_length=150,
        required=False,
        widget=half(),
    )
    effective_from = DayMonthYearField(
        label=_("From when does it apply?"), error_messages={"required": _("Enter the day from which it applies")}
    )


class AimForm(forms.Form):
    """An aim, and what would show that it is reached."""

    title = LineBox(
        label=_("The aim, in one sentence"), max_length=200, error_messages={"required": _("Enter the aim")}
    )
    signs = WordsBox(
        label=_("What would show that you are there?"),
        help_text=_("One sign in each line. For example: half of all meetings are online."),
        max_length=MAX_SIGNS,
        widget=paragraph(),
        error_messages={"required": _("Say what would show that you are there")},
    )


class EndAimForm(forms.Form):
    """Why an aim ends."""

    because = WordsBox(
        label=_("Why does it end?"),
        help_text=_("Everybody in the programme can read this."),
        max_length=1000,
        widget=paragraph(3),
        error_messages={"required": _("Say why it ends")},
    )


class ReplaceAimForm(EndAimForm, AimForm):
    """An aim in the place of another, and why."""

    field_order = ["title", "signs", "because"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["because"].label = _("Why does the earlier aim end?")


def _answer(label, help_text=""):
    return WordsBox(label=label, help_text=help_text, max_length=MAX_ANSWER, widget=paragraph(4))


class ActivityForm(forms.Form):
    """Something people do together: the five questions of the GRIPP2 short form, and the rung of the ladder."""

    name = LineBox(label=_("What is it called?"), max_length=150, widget=half())
    rung = forms.ChoiceField(
        label=_("How far did people decide?"),
        help_text=_("The rung of the ladder of co-production, as those who took part see it."),
        choices=Rung.choices,
        error_messages={"required": _("Choose how far people decided")},
    )
    serves = forms.ModelChoiceField(
        label=_("Which aim does it serve?"), queryset=Aim.objects.none(), required=False, empty_label=_("None of them")
    )
    starts_on = DayMonthYearField(label=_("When did it start?"))
    ends_on = DayMonthYearField(label=_("When did it end?"), required=False)
    aim = _answer(_("Aim: why were people involved?"))
    methods = _answer(_("Methods: how were they involved?"))
    went_well = _answer(_("Results: what came of it that was good?"))
    went_badly = _answer(
        _("Results: what came of it that was not good?"),
        _("What went wrong, what people lost by taking part. Write “None that we know of” if nobody told you of any."),
    )
    influence = _answer(_("Extent: how far did people have influence?"))
    reflection = _answer(_("Reflection: what would you do in another way?"))

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        set_rows(self, "serves", Aim.objects.filter(programme=programme).effective_on(today()))
        for field in self.fields.values():
            if isinstance(field, WordsBox):
                field.error_messages["required"] = _(
                    "Answer this question, also if the answer is “none that we know of”"
                )


class ChangeForm(forms.Form):
    """Something that changed, for whom, how one can tell, and what harm came of it."""

    title = LineBox(label=_("What changed?"), max_length=200, error_messages={"required": _("Say what changed")})
    for_whom = LineBox(
        label=_("For whom?"), max_length=200, widget=half(), error_messages={"required": _("Say for whom")}
    )
    happened_on = DayMonthYearField(label=_("Since when?"), latest=today)
    detail = WordsBox(label=_("More about it"), max_length=MAX_ANSWER, required=False, widget=paragraph(4))
    evidence = WordsBox(
        label=_("How can people tell?"),
        max_length=MAX_ANSWER,
        widget=paragraph(3),
        error_messages={"required": _("Say how people can tell")},
    )
    evidence_url = UrlBox(
        label=_("A link that shows it"),
        max_length=500,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "govuk-!-width-two-thirds"}),
    )
    harm = WordsBox(
        label=_("Was anybody worse off, or did anything go wrong?"),
        help_text=_("Ask those it touched. Write “None that we know of” if nobody told you of any."),
        max_length=MAX_ANSWER,
        widget=paragraph(3),
        error_messages={"required": _("Answer this question, also if the answer is “none that we know of”")},
    )
    aim = forms.ModelChoiceField(
        label=_("Which aim is it a step towards?"),
        queryset=Aim.objects.none(),
        required=False,
        empty_label=_("None of them"),
    )
    activity = forms.ModelChoiceField(
        label=_("Which activity led to it?"),
        queryset=Activity.objects.none(),
        required=False,
        empty_label=_("None of them"),
    )
    contributions = forms.ModelMultipleChoiceField(
        label=_("What had people said that led to it?"),
        queryset=Contribution.objects.none(),
        required=False,
        widget=Checkboxes,
    )

    def __init__(self, *args, programme, change=None, **kwargs):
        super().__init__(*args, **kwargs)
        on_page = Q(pk__in=Aim.objects.filter(programme=programme).effective_on(today()).values("pk"))
        linked = change.contributions.values_list("pk", flat=True) if change else ()
        if change and change.aim_id:
            on_page |= Q(pk=change.aim_id)
        set_rows(self, "aim", Aim.objects.filter(on_page).order_by("position", "pk"))
        set_rows(self, "activity", queries.activities_of(programme))
        latest = queries.can_be_linked(programme).values_list("pk", flat=True)[:LATEST_SAID]
        rows = Contribution.objects.filter(pk__in=[*latest, *linked]).order_by("-said_on", "-pk")
        set_rows(self, "contributions", rows)
        if not latest:
            del self.fields["contributions"]


class PaperForm(forms.Form):
    """The layout of the paper."""

    layout = forms.ChoiceField(
        label=_("How is it printed?"),
        choices=ImpactPaper.Layout.choices,
        initial=ImpactPaper.Layout.STANDARD,
        widget=Radios,
    )
