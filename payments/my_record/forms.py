"""Forms that belong to one person alone: their limit, and the letter about their involvement."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.models import Programme
from wellbeing.forms.choices import Radios
from wellbeing.forms.fields import hide_optional, set_rows
from wellbeing.forms.money import PoundsField
from wellbeing.lib.texts import LineBox


class LimitForm(forms.Form):
    """The most that somebody wishes to earn. Both may be empty, which takes the limit away."""

    week = PoundsField(
        label=gettext_lazy("Most in a week"),
        help_text=gettext_lazy("Monday to Sunday. Leave it empty for no limit."),
        required=False,
        min_pence=0,
        max_pence=10_000_000,
    )
    month = PoundsField(
        label=gettext_lazy("Most in a month"),
        help_text=gettext_lazy("From the first to the last day. Leave it empty for no limit."),
        required=False,
        min_pence=0,
        max_pence=10_000_000,
    )
    label = LineBox(
        label=gettext_lazy("A note for yourself"),
        help_text=gettext_lazy("Such as what the limit is for."),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        hide_optional(self, "week", "month")


class LetterForm(forms.Form):
    """The programme the letter is about, and what it says besides the policy."""

    programme = forms.ModelChoiceField(
        queryset=Programme.objects.none(),
        label=gettext_lazy("Which programme is it about?"),
        widget=Radios,
        empty_label=None,
    )
    with_days = forms.BooleanField(
        required=False, label=gettext_lazy("List the days I took part in the last 12 months, and what I was offered")
    )
    with_choice = forms.BooleanField(
        required=False, label=gettext_lazy("Say what I chose about payment, such as no payment")
    )

    def __init__(self, *args, programmes, **kwargs):
        super().__init__(*args, **kwargs)
        set_rows(self, "programme", programmes)
        self.fields["programme"].error_messages["required"] = _("Choose the programme the letter is about")
