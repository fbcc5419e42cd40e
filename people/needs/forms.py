"""The form for access needs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.needs.models import AccessNeed
from wellbeing.forms.fields import hide_optional
from wellbeing.lib.texts import LineBox


class AccessNeedsForm(forms.Form):
    """One tick box for each kind of need, with room for a few words. `person` gives what is recorded now."""

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        recorded: dict[str, list[str]] = {}
        for need in person.access_needs.all():
            recorded.setdefault(need.kind, []).append(need.detail)
        for kind, label in AccessNeed.Kind.choices:
            self.fields[kind] = forms.BooleanField(label=label, required=False, initial=kind in recorded)
            self.fields[f"{kind}_detail"] = LineBox(
                label=_("More about it: %s") % label,
                required=False,
                max_length=300,
                initial="; ".join(filter(None, recorded.get(kind, []))),
            )
            hide_optional(self, kind)

    def pairs(self):
        """Return each kind's tick box and box for words, as bound fields, for the template."""
        return [(self[kind], self[f"{kind}_detail"]) for kind in AccessNeed.Kind.values]

    def needs(self):
        """Return the answers as (kind, detail). A detail without a tick counts as a tick: nobody writes one for fun."""
        return [
            (kind, self.cleaned_data[f"{kind}_detail"])
            for kind in AccessNeed.Kind.values
            if self.cleaned_data[kind] or self.cleaned_data[f"{kind}_detail"].strip()
        ]
