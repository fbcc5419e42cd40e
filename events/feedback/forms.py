"""Forms of what follows an event: to thank who came, to answer, to note who spoke, to give more time."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.feedback.models import Answer, FeedbackAsked, FeedbackQuestion, FeedbackWords, HowMany
from events.feedback.models.questions import MAX_QUESTION
from programmes.programme.forms.common import half, narrow, paragraph
from wellbeing.forms.choices import Radios
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.forms.fields import hide_optional
from wellbeing.lib.dates import today
from wellbeing.lib.texts import LineBox, WordsBox


class ThankForm(forms.Form):
    """Words of staff, in the message that thanks people, on what happens next."""

    next_words = WordsBox(
        label=_("What happens next? (optional)"),
        help_text=_("For example: The notes go to the steering group on 14 January. Everybody who came reads this."),
        max_length=1000,
        required=False,
        widget=paragraph(3),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hide_optional(self, "next_words")


class MoreTimeForm(forms.Form):
    """A later last day."""

    closes_on = DayMonthYearField(label=_("New last day to answer"), earliest=today)


class SureForm(forms.Form):
    """Nothing to fill in: the button is the answer to what the page asks."""


class AnswerForm(forms.Form):
    """The answers of somebody who came. Anything may be left out. With `for_somebody`, how they answered."""

    def __init__(
        self, *args: Any, questions: Sequence[FeedbackQuestion], for_somebody: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions, self.for_somebody = questions, for_somebody
        if for_somebody:
            self.fields["way"] = forms.ChoiceField(
                label=_("How did they answer?"),
                choices=[(way.value, way.label) for way in (FeedbackAsked.Way.PHONE, FeedbackAsked.Way.PAPER)],
                widget=Radios,
            )
        for question in questions:
            self.fields[f"question_{question.pk}"] = forms.TypedChoiceField(
                label=question.words,
                choices=Answer.choices,
                coerce=int,
                empty_value=None,
                required=False,
                widget=Radios,
            )
        for topic in FeedbackWords.Topic:
            self.fields[topic.value] = WordsBox(label=topic.label, max_length=2000, required=False, widget=paragraph(2))
        self.fields["readers"] = forms.ChoiceField(
            label=_("Who may read what they said in their own words?")
            if for_somebody
            else _("Who may read what you wrote?"),
            help_text=_("Leave out anything that shows who you are, if nobody should know."),
            choices=FeedbackWords.Readers.choices,
            required=False,
            initial=FeedbackWords.Readers.STAFF,
            widget=Radios,
        )
        self.fields["name"] = LineBox(
            label=_("Name to put to it (optional)"),
            help_text=_("Only if it should be read with a name. Otherwise leave this empty."),
            max_length=100,
            required=False,
            widget=half(autocomplete="off"),
        )
        hide_optional(self, *FeedbackWords.Topic.values, "readers", "name")

    @property
    def scales(self) -> list[Any]:
        """Return the fields of the questions, in order."""
        return [self[f"question_{question.pk}"] for question in self.questions]

    @property
    def own_words(self) -> list[Any]:
        """Return the fields of own words, and who may read them."""
        return [self[name] for name in (*FeedbackWords.Topic.values, "readers", "name")]

    @property
    def answers(self) -> dict[str, Any]:
        """Return the answers as the action takes them."""
        given = {one.pk: self.cleaned_data[f"question_{one.pk}"] for one in self.questions}
        values = {
            "values": {pk: value for pk, value in given.items() if value is not None},
            "words": {topic: self.cleaned_data[topic] for topic in FeedbackWords.Topic.values},
            "readers": self.cleaned_data["readers"] or FeedbackWords.Readers.STAFF,
            "name": self.cleaned_data["name"],
        }
        return {**values, "way": self.cleaned_data["way"]} if self.for_somebody else values


class WhoSpokeForm(forms.Form):
    """About how many of each kind of people spoke."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (
            ("lived_experience", _("Of the people with lived experience, about how many spoke?")),
            ("partners", _("Of the partners?")),
            ("staff", _("Of the staff?")),
        ):
            self.fields[name] = forms.ChoiceField(label=label, choices=HowMany.choices, widget=Radios)
        self.fields["note"] = WordsBox(
            label=_("Anything else about who spoke? (optional)"),
            help_text=_("For example: most of it in small groups. Do not name anybody. It stands in the report."),
            max_length=1000,
            required=False,
            widget=paragraph(2),
        )
        hide_optional(self, "note")


class QuestionsForm(forms.Form):
    """A set of questions, one on each line."""

    questions = WordsBox(label=_("Questions, one on each line"), max_length=2000, max_lines=20, widget=paragraph(8))
    effective_from = DayMonthYearField(label=_("From when are they asked?"), earliest=today)

    @property
    def lines(self) -> list[str]:
        """Return the questions."""
        return [line.strip() for line in self.cleaned_data["questions"].splitlines() if line.strip()]

    def clean_questions(self) -> str:
        """Check that no question is too long for a line."""
        text: str = self.cleaned_data["questions"]
        if any(len(line.strip()) > MAX_QUESTION for line in text.splitlines()):
            raise forms.ValidationError(_("Use %(limit)s characters or fewer on each line.") % {"limit": MAX_QUESTION})
        return text


def _days(label: Any, least: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=365, widget=narrow(inputmode="numeric"))


class RuleForm(forms.Form):
    """When who came is thanked and asked, and how long they can answer."""

    thank_after_days = _days(_("Thank people this many days after an event"), 0)
    thank_within_days = _days(_("After so many days, thank nobody unless staff say so"), 0)
    open_days = _days(_("People can answer for this many days"), 1)
    after_meetings = forms.BooleanField(
        label=_("Thank and ask after each meeting of a group, too"),
        help_text=_("Without it, staff can do so after any meeting they choose."),
        required=False,
    )
    effective_from = DayMonthYearField(label=_("When does this start?"), earliest=today)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hide_optional(self, "after_meetings")
