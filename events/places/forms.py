"""Forms about places: how many there are, and an offer by hand."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.planning.models import Event
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.forms.fields import hide_optional
from wellbeing.lib.texts import WordsBox

# More than any room has; the column holds no more.
MOST = 30_000


class PlacesForm(forms.Form):
    """How many places an event has, and how many of them are kept for people with lived experience."""

    number = forms.IntegerField(
        label=gettext_lazy("How many places are there?"),
        help_text=gettext_lazy(
            "For those who come in person. Leave it empty where there is no limit. People who help to run the event,"
            " and people who join online where it can be joined both ways, take no place."
        ),
        min_value=1,
        max_value=MOST,
        required=False,
    )
    kept = forms.IntegerField(
        label=gettext_lazy("How many of them are kept for people with lived experience?"),
        min_value=0,
        max_value=MOST,
        required=False,
    )
    open_from = DayMonthYearField(
        label=gettext_lazy("From which day are kept places open to all?"),
        help_text=gettext_lazy("Leave it empty to keep them until the event starts."),
        required=False,
    )

    def __init__(self, *args, event: Event, **kwargs):
        places = getattr(event, "places", None)
        if places is not None:
            kwargs.setdefault(
                "initial", {"number": places.number, "kept": places.kept or None, "open_from": places.open_from}
            )
        super().__init__(*args, **kwargs)
        hide_optional(self, *self.fields)

    @property
    def values(self):
        """Return the answers as the action takes them."""
        return {**self.cleaned_data, "kept": self.cleaned_data["kept"] or 0}


class OfferForm(forms.Form):
    """Why a place is offered out of order, and whether it is one more than there are."""

    reason = WordsBox(
        label=gettext_lazy("Why is the place offered to them now?"),
        help_text=gettext_lazy("Your colleagues can read this. They themselves are not told."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": "3"}),
        error_messages={"required": gettext_lazy("Say why it is offered to them now")},
    )
    beyond = forms.BooleanField(
        label=gettext_lazy("It is one place more than there are"),
        required=False,
    )

    def __init__(self, *args, is_free: bool, number: int | None, **kwargs):
        super().__init__(*args, **kwargs)
        if is_free:
            del self.fields["beyond"]
        else:
            self.fields["beyond"].help_text = _(
                "All %(number)s places are taken or offered. Tick this to have one person more."
            ) % {"number": number}

    @property
    def values(self):
        """Return the answers as the action takes them."""
        return {"reason": self.cleaned_data["reason"], "beyond": self.cleaned_data.get("beyond", False)}
