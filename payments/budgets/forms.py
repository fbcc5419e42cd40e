"""Forms about budget lines: setting one, choosing one for a claim, letting a claim go over one."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payments.budgets import queries
from payments.budgets.models import BudgetLine
from payments.budgets.wording import activity_label, left_in_words
from payments.policy.models.kinds import Activity
from wellbeing.forms.choices import Checkboxes, Radios
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.forms.fields import set_choices, set_rows
from wellbeing.forms.money import PoundsField
from wellbeing.lib.dates import short_date
from wellbeing.lib.texts import LineBox, WordsBox

# A hundred million pounds: more than any programme has, less than would break a sum.
MAX_PENCE = 10_000_000_000
# Stands for the blank activity of a rule: a tick box needs a value.
EVERYTHING_ELSE = "else"


class BudgetLineForm(forms.Form):
    """A budget line. Asks for a reason and whether it is closed only when it changes one that is there."""

    name = LineBox(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("What the money is for, such as “Time and travel, year 2”."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    cost_code = LineBox(
        label=gettext_lazy("Cost code"),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off", "spellcheck": "false"}),
    )
    funder = LineBox(
        label=gettext_lazy("Funder"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    starts_on = DayMonthYearField(
        label=gettext_lazy("First day"), help_text=gettext_lazy("Claims for this day and later are paid from it.")
    )
    ends_on = DayMonthYearField(label=gettext_lazy("Last day"))
    amount = PoundsField(label=gettext_lazy("Amount"), max_pence=MAX_PENCE)
    reason = LineBox(
        label=gettext_lazy("Why does the amount change?"),
        help_text=gettext_lazy("Only if you change the amount. We keep the reason with the new amount."),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    activities = forms.MultipleChoiceField(
        label=gettext_lazy("Which claims are paid from it?"),
        help_text=gettext_lazy(
            "You can tick each activity on only one line a year. Staff can move a single claim to another line."
        ),
        required=False,
        widget=Checkboxes(
            hints={EVERYTHING_ELSE: gettext_lazy("Any activity not ticked on another line for the same year.")}
        ),
    )
    closed = forms.BooleanField(
        label=gettext_lazy("This line is closed: no more claims are paid from it"), required=False
    )

    def __init__(self, *args, line=None, **kwargs):
        super().__init__(*args, **kwargs)
        set_choices(self, "activities", [(EVERYTHING_ELSE, activity_label("")), *Activity.choices])
        if line is None:
            del self.fields["reason"], self.fields["closed"]

    @property
    def values(self):
        """The arguments of `actions.add_line` and `change_line`."""
        data = dict(self.cleaned_data)
        data["amount_pence"] = data.pop("amount")
        data["activities"] = ["" if activity == EVERYTHING_ELSE else activity for activity in data["activities"]]
        return data


def initial_line(line):
    """Return the first answers of a BudgetLineForm that changes `line`."""
    activities = line.rules.values_list("activity", flat=True)
    return {
        "name": line.name,
        "cost_code": line.cost_code,
        "funder": line.funder,
        "starts_on": line.starts_on,
        "ends_on": line.ends_on,
        "amount": line.amount_pence,
        "closed": line.closed,
        "activities": [activity or EVERYTHING_ELSE for activity in activities],
    }


class ChooseLineForm(forms.Form):
    """The budget line a claim is paid from: one of the open lines of its programme, with what each has left."""

    budget_line = forms.ModelChoiceField(
        label=gettext_lazy("Budget line"),
        queryset=BudgetLine.objects.none(),
        empty_label=None,
        widget=Radios,
        error_messages={"required": gettext_lazy("Choose a budget line")},
    )

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        lines = queries.open_lines(programme).with_figures()
        set_rows(self, "budget_line", lines)
        self.has_lines = bool(lines)
        self.fields["budget_line"].widget.hints = {
            str(line.pk): _("%(first)s to %(last)s, %(left)s")
            % {
                "first": short_date(line.starts_on),
                "last": short_date(line.ends_on),
                "left": left_in_words(line.left_pence),
            }
            for line in lines
        }


class OverBudgetForm(forms.Form):
    """The reason to let one claim go over budget, and by how much at most."""

    up_to = PoundsField(
        label=gettext_lazy("How far over may the line go?"),
        help_text=gettext_lazy("Below nothing left, this claim counted."),
        min_pence=1,
        max_pence=MAX_PENCE,
    )
    reason = WordsBox(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("This is kept with your name, on the claim and on the budget line."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why this claim may go over budget")},
    )
