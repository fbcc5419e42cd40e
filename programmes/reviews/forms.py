"""Forms of reviews: to plan one, to answer it, and to set what is asked and shown."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.directory.forms import PersonChoice
from people.directory.models import Person
from programmes.programme.forms.common import half, narrow, paragraph
from programmes.reviews.actions.setting import Words
from programmes.reviews.models import MAX_STATEMENT, Answer, ReviewAsked, ReviewStatement, Section
from wellbeing.forms.choices import Checkboxes, Radios
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.forms.fields import hide_optional, set_rows
from wellbeing.lib.dates import today
from wellbeing.lib.texts import LineBox, WordsBox

LIVED_EXPERIENCE, STAFF, STEERING = "lived_experience", "staff", "steering"
ASKS = [
    (LIVED_EXPERIENCE, _("People with lived experience")),
    (STAFF, _("Staff and finance")),
    (STEERING, _("Everyone on the steering group, partners and funders too")),
]


class RoundForm(forms.Form):
    """A round: what it is about, from when to when, who is asked."""

    title = LineBox(
        label=_("What is this review called?"),
        help_text=_("For example: Our second year, or: The June workshop"),
        max_length=150,
        widget=half(),
    )
    about = WordsBox(
        label=_("What is it about?"),
        help_text=_("People read this before they answer."),
        max_length=2000,
        required=False,
        widget=paragraph(3),
    )
    asks = forms.MultipleChoiceField(label=_("Who is asked?"), choices=ASKS, widget=Checkboxes)
    opens_on = DayMonthYearField(label=_("First day to answer"))
    closes_on = DayMonthYearField(label=_("Last day to answer"), earliest=today)

    @property
    def values(self) -> dict[str, Any]:
        """Return the answers as the actions take them."""
        values = dict(self.cleaned_data)
        asks = values.pop("asks")
        return values | {
            "asks_lived_experience": LIVED_EXPERIENCE in asks,
            "asks_staff": STAFF in asks,
            "asks_steering": STEERING in asks,
        }


class MoreTimeForm(forms.Form):
    """A later last day."""

    closes_on = DayMonthYearField(label=_("New last day to answer"), earliest=today)


class SureForm(forms.Form):
    """Nothing to fill in: the button is the answer to what the page asks."""


class AnswerForm(forms.Form):
    """The answers of somebody of one group. Any statement may be left out. With `for_somebody`, how they answered."""

    def __init__(
        self, *args: Any, statements: Sequence[ReviewStatement], side: str, for_somebody: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.statements, self.side = statements, side
        if for_somebody:
            self.fields["way"] = forms.ChoiceField(
                label=_("How did they answer?"),
                choices=[(way.value, way.label) for way in (ReviewAsked.Way.PHONE, ReviewAsked.Way.PAPER)],
                widget=Radios,
            )
        for section in Section:
            for statement in statements:
                if statement.section == section:
                    self.fields[f"statement_{statement.pk}"] = forms.TypedChoiceField(
                        label=statement.words_for(side),
                        choices=Answer.choices,
                        coerce=int,
                        empty_value=None,
                        required=False,
                        widget=Radios,
                    )
            name = f"comment_{section.value}"
            self.fields[name] = WordsBox(
                label=_("Do you want to say more?"),
                help_text=_("Leave out names and anything that shows who you are."),
                max_length=2000,
                required=False,
                widget=paragraph(2),
            )
            hide_optional(self, name)

    @property
    def sections(self) -> list[tuple[str, list[Any], Any]]:
        """Return the fields as the page shows them: [(section, fields of its statements, its comment), …]."""
        return [
            (
                str(section.label),
                [self[f"statement_{one.pk}"] for one in self.statements if one.section == section],
                self[f"comment_{section.value}"],
            )
            for section in Section
        ]

    @property
    def values(self) -> dict[int, int]:
        """Return what was answered: {key of a statement: answer}."""
        given = {one.pk: self.cleaned_data[f"statement_{one.pk}"] for one in self.statements}
        return {pk: value for pk, value in given.items() if value is not None}

    @property
    def comments(self) -> dict[str, str]:
        """Return the comments: {section: words}."""
        return {section: self.cleaned_data[f"comment_{section}"] for section in Section.values}


class StatementsForm(forms.Form):
    """A set of statements, one on each line of a box for each section, and the same for staff."""

    effective_from = DayMonthYearField(label=_("From when are they asked?"), earliest=today)

    def __init__(self, *args: Any, statements: Sequence[ReviewStatement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for section, label in Section.choices:
            there = [one for one in statements if one.section == section]
            self.fields[f"{section}_words"] = WordsBox(
                label=_("%(section)s: statements, one on each line") % {"section": label},
                max_length=4000,
                max_lines=20,
                initial="\n".join(one.words for one in there),
                widget=paragraph(5),
            )
            self.fields[f"{section}_staff"] = WordsBox(
                label=_("%(section)s: the same for staff, in the same order") % {"section": label},
                help_text=_("Leave this empty where staff are asked in the same words."),
                max_length=4000,
                max_lines=20,
                required=False,
                initial="\n".join(one.words_for("staff") for one in there) if any(o.staff_words for o in there) else "",
                widget=paragraph(5),
            )
            hide_optional(self, f"{section}_staff")

    def clean(self) -> dict[str, Any]:
        """Check that no statement is too long and that staff have as many as people with lived experience."""
        for section in Section.values:
            words, staff = self._lines(f"{section}_words"), self._lines(f"{section}_staff")
            if staff and len(staff) != len(words):
                self.add_error(
                    f"{section}_staff",
                    _("Write %(number)s statements here, one for each statement above.") % {"number": len(words)},
                )
            for name, lines in ((f"{section}_words", words), (f"{section}_staff", staff)):
                if any(len(line) > MAX_STATEMENT for line in lines):
                    self.add_error(
                        name, _("Use %(limit)s characters or fewer on each line.") % {"limit": MAX_STATEMENT}
                    )
        return self.cleaned_data

    @property
    def words(self) -> list[Words]:
        """Return the statements as the action takes them."""
        found = []
        for section in Section.values:
            words, staff = self._lines(f"{section}_words"), self._lines(f"{section}_staff")
            for place, line in enumerate(words):
                other = staff[place] if staff else ""
                found.append(Words(section, line, "" if other == line else other))
        return found

    def _lines(self, name: str) -> list[str]:
        return [line.strip() for line in (self.cleaned_data.get(name) or "").splitlines() if line.strip()]


class RuleForm(forms.Form):
    """The rule for what is shown."""

    fewest = forms.IntegerField(
        label=_("Show what a group said once this many people in it have answered"),
        min_value=1,
        max_value=100,
        widget=narrow(inputmode="numeric"),
    )
    low_mean = forms.DecimalField(
        label=_("Call a mean low when it is below"),
        help_text=_("From 1 to 5. An action can be added from there."),
        max_digits=2,
        decimal_places=1,
        min_value=1,
        max_value=5,
        widget=narrow(inputmode="decimal"),
    )
    open_days = forms.IntegerField(
        label=_("Keep a review open for this many days, as a suggestion"),
        min_value=1,
        max_value=365,
        widget=narrow(inputmode="numeric"),
    )
    effective_from = DayMonthYearField(
        label=_("When does this start?"),
        help_text=_("Reviews that are open keep the rule they were opened with."),
        earliest=today,
    )


class ActionForm(forms.Form):
    """Something to be done by one of `people` because of a review."""

    title = LineBox(label=_("What is to be done?"), max_length=200, widget=half())
    owner = PersonChoice(label=_("Who does it?"), queryset=Person.objects.none(), empty_label=_("Choose a person"))
    due_on = DayMonthYearField(label=_("By when?"), earliest=today)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_rows(self, "owner", people)


def first_values(open_days: int) -> dict[str, Any]:
    """Return what the form of a new round starts with."""
    return {
        "asks": [LIVED_EXPERIENCE, STAFF],
        "opens_on": today(),
        "closes_on": today() + dt.timedelta(days=open_days),
    }


def values_of(review: Any) -> dict[str, Any]:
    """Return what the form of a planned round starts with."""
    asks = {LIVED_EXPERIENCE: review.asks_lived_experience, STAFF: review.asks_staff, STEERING: review.asks_steering}
    return {
        "title": review.title,
        "about": review.about,
        "opens_on": review.opens_on,
        "closes_on": review.closes_on,
        "asks": [name for name, is_asked in asks.items() if is_asked],
    }
