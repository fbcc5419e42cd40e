"""Forms for access needs: boxes to tick in groups, each with room for a few words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.needs.models import AccessNeed
from wellbeing.forms.fields import hide_optional
from wellbeing.lib.texts import LineBox

Kind = AccessNeed.Kind
# The boxes in the order people read them: what they are about, and the kinds of need.
GROUPS = [
    (_("Papers and letters"), [Kind.LARGE_PRINT, Kind.EASY_READ, Kind.BRAILLE, Kind.AUDIO]),
    (
        _("Hearing and understanding"),
        [Kind.BSL, Kind.LIP_SPEAKER, Kind.HEARING_LOOP, Kind.CAPTIONS, Kind.LANGUAGE],
    ),
    (_("Getting there and getting in"), [Kind.STEP_FREE, Kind.PARKING, Kind.TRANSPORT]),
    (_("Who comes with you"), [Kind.SUPPORTER, Kind.ASSISTANCE_DOG]),
    (_("During the day"), [Kind.QUIET_ROOM, Kind.BREAKS, Kind.DIET]),
    (_("Something else"), [Kind.OTHER]),
]


class NeedBoxesForm(forms.Form):
    """One tick box for each kind of need, with room for a few words that opens when it is ticked.

    `recorded` holds the words of those that are ticked when the page opens, by kind.
    """

    def __init__(self, *args, recorded, **kwargs):
        super().__init__(*args, **kwargs)
        for kind, label in Kind.choices:
            self.fields[kind] = forms.BooleanField(label=label, required=False, initial=kind in recorded)
            self.fields[f"{kind}_detail"] = LineBox(
                label=_("More about it: %s") % label,
                required=False,
                max_length=300,
                initial="; ".join(filter(None, recorded.get(kind, []))),
                # The stylesheet tells an empty box by it, and hides that one while its need is not ticked.
                widget=forms.TextInput(attrs={"placeholder": " "}),
            )
            hide_optional(self, kind)

    @property
    def need_groups(self):
        """The boxes for the template: (what they are about, [(tick box, box for words), …]) of each group."""
        return [(title, [(self[kind], self[f"{kind}_detail"]) for kind in kinds]) for title, kinds in GROUPS]

    def needs(self):
        """Return the answers as (kind, detail). A detail without a tick counts as a tick: nobody writes one for fun."""
        return [
            (kind, self.cleaned_data[f"{kind}_detail"])
            for kind in Kind.values
            if self.cleaned_data[kind] or self.cleaned_data[f"{kind}_detail"].strip()
        ]


class AccessNeedsForm(NeedBoxesForm):
    """The recorded needs of `person`."""

    def __init__(self, *args, person, **kwargs):
        recorded: dict[str, list[str]] = {}
        for need in person.access_needs.all():
            recorded.setdefault(need.kind, []).append(need.detail)
        super().__init__(*args, recorded=recorded, **kwargs)
