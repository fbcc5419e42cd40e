"""Forms about what people say, and what became of it."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from people.directory.forms import PersonChoice
from people.models import Person
from programmes import registry
from programmes.heard import queries
from programmes.heard.models import Contribution, ContributionOutcome, Rung, ToldBack
from programmes.heard.models.contributions import MAX_PLACE, MAX_THEME, MAX_WORDS
from programmes.programme.forms.common import half, paragraph
from programmes.programme.models.groups import Group
from wellbeing.forms.choices import Radios
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.forms.fields import set_choices, set_rows
from wellbeing.lib import uploads
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.sent_files import kind_to_keep
from wellbeing.lib.texts import LineBox, UrlBox, WordsBox

Kind = ContributionOutcome.Kind
OUTCOME_HINTS = {
    Kind.CHANGED: _("Something is different because of it."),
    Kind.PARTLY: _("Some of it was done, some was not."),
    Kind.NOT_CHANGED: _("Nothing is different. Say why."),
}


class WantsForm(forms.Form):
    """The wishes of somebody who said something: their name shown, and to be told."""

    named = forms.BooleanField(
        label=_("Show my name with what I said"),
        help_text=_("If you do not tick this, only programme staff see that it was you."),
        required=False,
    )
    wants_to_be_told = forms.BooleanField(label=_("Tell me what became of it"), required=False, initial=True)


class TellUsForm(WantsForm):
    """Something that somebody tells a programme in their own name."""

    theme = LineBox(
        label=_("What is it about, in a few words?"),
        help_text=_("For example: “The last bus leaves before we finish.” Other people in the programme will read it."),
        max_length=MAX_THEME,
        error_messages={"required": _("Say in a few words what it is about")},
    )
    words = WordsBox(
        label=_("Tell us more, in your own words"),
        help_text=_("Only if you like. Please do not name other people."),
        max_length=MAX_WORDS,
        required=False,
        widget=paragraph(6),
    )

    field_order = ["theme", "words", "named", "wants_to_be_told"]


class _HowItWasSaidForm(forms.Form):
    """When, where and how something was said."""

    way = forms.ChoiceField(
        label=_("How did it reach us?"),
        # Those who say something on the website write it themselves.
        choices=[choice for choice in Contribution.Way.choices if choice[0] != Contribution.Way.PAGE],
        widget=Radios,
        error_messages={"required": _("Choose how it reached us")},
    )
    said_on = DayMonthYearField(
        label=_("When was it said?"),
        latest=today,
        error_messages={"required": _("Enter the day it was said")},
    )
    said_at = LineBox(
        label=_("Where?"),
        help_text=_("For example: the name of the event or meeting."),
        max_length=MAX_PLACE,
        required=False,
        widget=half(),
    )
    group = forms.ModelChoiceField(
        label=_("By which group?"), queryset=Group.objects.none(), required=False, empty_label=_("No group")
    )
    rung = forms.ChoiceField(
        label=_("How far did people decide in this activity?"),
        help_text=_("The rung of the ladder of co-production. Leave it open if you are not sure."),
        choices=[("", _("Not said")), *Rung.choices],
        required=False,
    )

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        set_rows(self, "group", programme.groups.order_by("name"))
        for place in registry.said_places:
            choices = [("", place.empty), *place.choices(programme)]
            self.fields["place"] = forms.ChoiceField(
                label=place.label, help_text=place.help_text, choices=choices, required=False
            )
            before = list(self.fields)
            before.insert(before.index("said_at"), before.pop())
            self.order_fields(before)


class _WrittenDownForm(_HowItWasSaidForm):
    """Something a colleague writes down: also who answers, and by when."""

    owner = PersonChoice(
        label=_("Who sees to it?"), queryset=Person.objects.none(), required=False, empty_label=_("Nobody yet")
    )
    due_on = DayMonthYearField(label=_("By when is it answered?"), required=False)

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, programme=programme, **kwargs)
        set_rows(self, "owner", queries.owners(programme, today()))


class RecordForm(_WrittenDownForm):
    """Something that a colleague writes down."""

    theme = LineBox(
        label=_("What was said, in a few plain words?"),
        help_text=_("Say the thing, never who said it. People in the programme will read it."),
        max_length=MAX_THEME,
        error_messages={"required": _("Say in a few words what it is about")},
    )
    words = WordsBox(
        label=_("In their own words"),
        help_text=_("Only what they are happy for others to read."),
        max_length=MAX_WORDS,
        required=False,
        widget=paragraph(),
    )
    person = PersonChoice(
        label=_("Who said it?"),
        help_text=_("Only programme staff see this. You can add more people afterwards."),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("Not known, or not to be written down"),
    )
    named = forms.BooleanField(label=_("They want their name shown with it"), required=False)
    wants_to_be_told = forms.BooleanField(
        label=_("They want to be told what became of it"), required=False, initial=True
    )

    field_order = [
        "theme",
        "words",
        "way",
        "said_on",
        "said_at",
        "group",
        "rung",
        "person",
        "named",
        "wants_to_be_told",
    ]

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, programme=programme, **kwargs)
        set_rows(self, "person", queries.people_who_may_have_said_it(programme, today()))

    @property
    def values(self):
        """Return the arguments of `actions.saying.record`."""
        values = dict(self.cleaned_data)
        person = values.pop("person")
        return {**values, "people": [person] if person else []}


class SeveralForm(_WrittenDownForm):
    """The notes of a meeting: one thing that was said in each line."""

    themes = WordsBox(
        label=_("What was said?"),
        help_text=_("One thing in each line, in a few plain words. Say the thing, never who said it."),
        max_length=20_000,
        widget=paragraph(10),
        error_messages={"required": _("Enter at least one thing that was said")},
    )

    field_order = ["themes", "way", "said_on", "said_at", "group", "rung"]

    def clean_themes(self):
        """Split the lines, and refuse one that is too long."""
        lines = [line.strip() for line in self.cleaned_data["themes"].splitlines() if line.strip()]
        for number, line in enumerate(lines, start=1):
            if len(line) > MAX_THEME:
                raise forms.ValidationError(
                    _now("Line %(number)s is too long: use %(most)s characters or fewer.")
                    % {"number": number, "most": MAX_THEME}
                )
        return lines


class CorrectForm(_HowItWasSaidForm):
    """A correction of what was written down."""

    theme = LineBox(label=_("What was said, in a few plain words?"), max_length=MAX_THEME)
    words = WordsBox(label=_("In their own words"), max_length=MAX_WORDS, required=False, widget=paragraph())
    reason = WordsBox(
        label=_("Why are the words corrected?"),
        help_text=_("Only if you change the words. Those who said it can read this."),
        max_length=300,
        required=False,
        widget=paragraph(2),
    )

    field_order = ["theme", "words", "reason", "way", "said_on", "said_at", "group", "rung"]

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, programme=programme, **kwargs)
        set_choices(self, "way", Contribution.Way.choices)


class OwnerForm(forms.Form):
    """Who sees to a contribution, and by when."""

    owner = PersonChoice(
        label=_("Who sees to it?"),
        queryset=Person.objects.none(),
        empty_label=_("Choose a person"),
        error_messages={"required": _("Choose who sees to it")},
    )
    due_on = DayMonthYearField(
        label=_("By when is it answered?"), error_messages={"required": _("Enter the day by which it is answered")}
    )

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        set_rows(self, "owner", queries.owners(programme, today()))


class ContributorForm(forms.Form):
    """One more of those who said a contribution."""

    person = PersonChoice(
        label=_("Who said it?"),
        queryset=Person.objects.none(),
        empty_label=_("Choose a person"),
        error_messages={"required": _("Choose who said it")},
    )
    named = forms.BooleanField(label=_("They want their name shown with it"), required=False)
    wants_to_be_told = forms.BooleanField(
        label=_("They want to be told what became of it"), required=False, initial=True
    )

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        set_rows(self, "person", queries.people_who_may_have_said_it(programme, today()))


class OutcomeForm(forms.Form):
    """The outcome of a contribution."""

    kind = forms.ChoiceField(
        label=_("What became of it?"),
        choices=Kind,
        widget=Radios(hints=OUTCOME_HINTS),
        error_messages={"required": _("Choose what became of it")},
    )
    what_changed = WordsBox(
        label=_("What changed?"),
        help_text=_("What people will notice, and from when. Leave it empty if nothing changed."),
        max_length=4000,
        required=False,
        widget=paragraph(4),
    )
    reason = WordsBox(
        label=_("Why not, or why not all of it?"),
        help_text=_("Leave it empty if all of it changed."),
        max_length=4000,
        required=False,
        widget=paragraph(4),
    )
    evidence = WordsBox(
        label=_("How can people tell?"),
        help_text=_("For example: the new timetable hangs at the door."),
        max_length=4000,
        required=False,
        widget=paragraph(3),
    )
    evidence_url = UrlBox(
        label=_("A link that shows it"),
        max_length=500,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "govuk-!-width-two-thirds"}),
    )
    file = forms.FileField(label=_("A photo or PDF that shows it"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        file = self.fields["file"]
        file.help_text = _("Not larger than %(size)s. People in the programme can open it.") % {
            "size": uploads.size_words(settings.UPLOAD_MAX_BYTES)
        }
        file.widget.attrs |= uploads.box_attributes(settings.UPLOAD_MAX_BYTES)

    def clean_file(self):
        """Refuse a file that cannot be taken, beside its box."""
        file = self.cleaned_data["file"]
        if file:
            try:
                kind_to_keep(file)
            except ActionError as refusal:
                raise forms.ValidationError(str(refusal)) from None
        return file


class ReopenForm(forms.Form):
    """Why a contribution is opened again."""

    reason = WordsBox(
        label=_("Why do you look at it again?"),
        help_text=_("Everybody in the programme can read this, so do not name those who said it."),
        max_length=1000,
        widget=paragraph(3),
        error_messages={"required": _("Say why you look at it again")},
    )


class ReplyForm(forms.Form):
    """Whether the answer to what one said is true."""

    reply = forms.ChoiceField(
        label=_("Is that true?"),
        choices=ToldBack.Reply,
        widget=Radios,
        error_messages={"required": _("Choose whether it is true")},
    )
    words = WordsBox(
        label=_("In your own words"),
        help_text=_("Say as much or as little as you like. People in the programme can read it."),
        max_length=4000,
        required=False,
        widget=paragraph(),
    )
    named = forms.BooleanField(
        label=_("Show my name with my answer"),
        help_text=_("If you do not tick this, only programme staff see that it was you."),
        required=False,
    )


class ReplyForForm(ReplyForm):
    """The same, written down by a colleague."""

    how = forms.ChoiceField(
        label=_("How did they tell you?"),
        choices=[choice for choice in ToldBack.How.choices if choice[0] != ToldBack.How.PAGE],
        widget=Radios,
        error_messages={"required": _("Choose how they told you")},
    )

    field_order = ["reply", "words", "how", "named"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["words"].label, self.fields["words"].help_text = _("In their own words"), ""
        named = self.fields["named"]
        named.label, named.help_text = _("They want their name shown with their answer"), ""


class ResponseForm(forms.Form):
    """A response to somebody who said that the answer is not true."""

    response = WordsBox(
        label=_("What do you say to that?"),
        help_text=_("They are told, and everybody in the programme can read it, so do not name them."),
        max_length=4000,
        widget=paragraph(),
        error_messages={"required": _("Enter your response")},
    )


class TakeOffForm(forms.Form):
    """How somebody asked a colleague to take what they said off the page."""

    how = LineBox(
        label=_("Who asked for it, and how?"),
        help_text=_("For example: one of those who said it, by phone. Only staff can read this."),
        max_length=150,
        error_messages={"required": _("Say who asked for it, and how")},
    )
