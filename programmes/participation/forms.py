"""Forms of the profile of an area: the shares of one question, and a file with all of them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import MonitoringQuestion
from people.monitoring.models import PREFER_NOT
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.lib.dates import today
from wellbeing.lib.sheet_files import ACCEPT
from wellbeing.lib.texts import LineBox


class SharesForm(forms.Form):
    """The share of each answer to one question in the area; an empty box for one that is not known."""

    def __init__(self, *args, question: MonitoringQuestion, **kwargs):
        super().__init__(*args, **kwargs)
        self.options = [one for one in question.choices if one.key != PREFER_NOT]
        for one in self.options:
            self.fields[f"share_{one.key}"] = forms.DecimalField(
                label=_("%(answer)s, in per cent") % {"answer": one.words},
                min_value=0,
                max_value=100,
                max_digits=4,
                decimal_places=1,
                required=False,
                widget=forms.NumberInput(attrs={"class": "govuk-input--width-5", "step": "0.1"}),
            )
        self.fields["source"] = LineBox(
            label=_("Where are the numbers from?"),
            help_text=_("For example: Census 2021, Fernshire, table TS021."),
            max_length=200,
            error_messages={"required": _("Say where the numbers are from")},
        )
        self.fields["counted_on"] = DayMonthYearField(label=_("Which day are they of?"), latest=today)

    def shares(self):
        """Return the shares that were typed in, by the key of the answer."""
        typed = {one.key: self.cleaned_data[f"share_{one.key}"] for one in self.options}
        return {key: share for key, share in typed.items() if share is not None}


class ProfileFileForm(forms.Form):
    """A spreadsheet with the profile of the area."""

    file = forms.FileField(
        label=_("The spreadsheet"),
        help_text=_("Excel (XLSX), LibreOffice (ODS) or CSV. Headings: question, answer, per cent, source, date."),
        error_messages={"required": _("Choose a file")},
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
