"""The form to download a file of a run."""

from django import forms
from django.utils.translation import gettext_lazy

from wellbeing.forms.dates import DayMonthYearField
from wellbeing.forms.fields import hide_optional


class RunFileForm(forms.Form):
    """The processing day, for files that say it, and a tick to download again a file that was downloaded before."""

    day = DayMonthYearField(
        label=gettext_lazy("Which day does the bank process it?"),
        help_text=gettext_lazy(
            "Choose a working day. The money arrives on the next one. Ask your bank how early it needs the file."
        ),
        required=False,
    )
    again = forms.BooleanField(required=False)

    def __init__(self, data=None, *, asks_for_day, asks_again, pays, **kwargs):
        super().__init__(data, **kwargs)
        if not asks_for_day:
            del self.fields["day"]
        else:
            hide_optional(self, "day")
        if not asks_again:
            del self.fields["again"]
        elif pays:
            self.fields["again"].label = gettext_lazy(
                "I know it was downloaded before, and it will not be sent to the bank twice"
            )
        else:
            self.fields["again"].label = gettext_lazy("I know it was downloaded before, and it will not be used twice")
