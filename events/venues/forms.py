"""The form of a venue."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.venues.models import VenueFact
from wellbeing.forms.choices import Radios
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.forms.fields import hide_optional
from wellbeing.lib.dates import today
from wellbeing.lib.texts import MAX_ADDRESS_LINES, LineBox, WordsBox


class VenueForm(forms.Form):
    """Add or change a venue. `values` (after is_valid) are the arguments of the actions `add` and `edit`."""

    name = LineBox(label=gettext_lazy("Name of the venue"), max_length=150)
    address = WordsBox(
        label=gettext_lazy("Address"),
        max_length=500,
        max_lines=MAX_ADDRESS_LINES,
        required=False,
        widget=forms.Textarea(attrs={"rows": "4"}),
    )
    station = LineBox(
        label=gettext_lazy("Nearest station or stop, and how far"),
        help_text=gettext_lazy("For example: Otterby station, 400 metres, flat."),
        max_length=200,
        required=False,
    )
    how_to_find = WordsBox(
        label=gettext_lazy("How to find it"),
        help_text=gettext_lazy("In words, as you would tell somebody on the phone: what they pass, and which door."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": "4"}),
    )

    def __init__(self, *args, venue=None, **kwargs):
        facts = {}
        if venue is not None:
            facts = {fact.kind: fact for fact in venue.facts.all()}
            names = ("name", "address", "station", "how_to_find", "checked_on")
            kwargs.setdefault("initial", {name: getattr(venue, name) for name in names})
        super().__init__(*args, **kwargs)
        for kind, label in VenueFact.Kind.choices:
            fact = facts.get(kind) or VenueFact(kind=kind)
            answer = forms.ChoiceField(
                label=label, choices=VenueFact.Answer.choices, initial=fact.answer, widget=Radios()
            )
            answer.inline = True  # type: ignore[attr-defined]  # read by the template of fields
            self.fields[kind] = answer
            self.fields[f"{kind}_note"] = LineBox(
                label=_("%(fact)s: a note") % {"fact": label}, initial=fact.note, max_length=200, required=False
            )
            hide_optional(self, f"{kind}_note")
        self.fields["checked_on"] = DayMonthYearField(
            label=_("When did you check this at the venue?"),
            help_text=_("Leave this as it is if you did not. Your name is kept with the day."),
            required=False,
            latest=today,
        )

    @property
    def values(self):
        """Return the answers as the actions take them."""
        cleaned = self.cleaned_data
        facts = {kind: (cleaned[kind], cleaned[f"{kind}_note"]) for kind in VenueFact.Kind.values}
        names = ("name", "address", "station", "how_to_find", "checked_on")
        return {**{name: cleaned[name] for name in names}, "facts": facts}
