"""The form for an agreed word."""

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.decisions.models import Decision
from programmes.programme.forms.common import half, paragraph
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.forms.fields import set_rows
from wellbeing.lib.dates import today
from wellbeing.lib.texts import LineBox, WordsBox


class AgreedTermForm(forms.Form):
    """Words a programme agreed to use."""

    term = LineBox(label=_("We say"), max_length=120, widget=half())
    replaces = LineBox(label=_("We do not say"), max_length=200, widget=half())
    why = WordsBox(label=_("Why"), max_length=2000, required=False, widget=paragraph(3))
    agreed_on = DayMonthYearField(label=_("When was it agreed?"), latest=today)
    agreed_at = LineBox(
        label=_("Where was it agreed?"),
        help_text=_("For example, the day or meeting where people chose these words."),
        max_length=150,
        required=False,
        widget=half(),
    )
    decision = forms.ModelChoiceField(
        label=_("Which decision agreed it?"),
        queryset=Decision.objects.none(),
        required=False,
        empty_label=_("None, or not recorded here"),
    )

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        agreed = Decision.objects.filter(programme=programme, status=Decision.Status.DECIDED)
        set_rows(self, "decision", agreed.order_by("-decided_on", "-pk"))
