"""The form for a day on which nobody works on payments."""

from django import forms
from django.utils.translation import gettext_lazy

from wellbeing.forms.dates import DayMonthYearField
from wellbeing.lib.texts import LineBox


class ClosedDayForm(forms.Form):
    """A day on which the programme is closed."""

    day = DayMonthYearField(label=gettext_lazy("Which day?"), help_text=gettext_lazy("For example, 24 12 2026"))
    name = LineBox(
        label=gettext_lazy("What is it?"),
        help_text=gettext_lazy("Anyone can read this. For example: Office closed."),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
