"""Forms for access needs: boxes to tick in groups, each with room for a few words; and to say that they are right."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from people.directory.models import Person
from people.needs.actions import Said
from people.needs.models import PRINT_SIZES, AccessNeed, Whose
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
# Before the names of the boxes for somebody who comes along.
PREFIX = {Whose.PERSON: "", Whose.SUPPORTER: "for_supporter_"}
EASY_READ = Person.LetterSize.EASY_READ


class NeedBoxesForm(forms.Form):
    """One tick box for each kind of need, with room for a few words that opens when it is ticked; the same for those of
    somebody who comes along.

    `recorded` holds the words of those that are ticked when the page opens, by whose they are and kind; `sizes` the
    size of large print by whose. `letter_size` is how letters to the person are printed.
    """

    def __init__(self, *args, recorded=None, sizes: Mapping[str, str] | None = None, letter_size="", **kwargs):
        super().__init__(*args, **kwargs)
        for whose in Whose:
            for kind, label in Kind.choices:
                if whose == Whose.PERSON or kind != Kind.SUPPORTER:
                    self._add(whose, kind, label, (recorded or {}).get((whose, kind)))
            as_now = [(EASY_READ.value, EASY_READ.label)] if (whose, letter_size) == (Whose.PERSON, EASY_READ) else []
            self.fields[f"{PREFIX[whose]}large_print_size"] = forms.ChoiceField(
                label=_("How large should the print be?"),
                choices=[("", _("Choose a size")), *PRINT_SIZES, *as_now],
                required=False,
                initial=(sizes or {}).get(whose, ""),
            )
            hide_optional(self, f"{PREFIX[whose]}large_print_size")

    def _add(self, whose, kind, label, words):
        name = f"{PREFIX[whose]}{kind}"
        self.fields[name] = forms.BooleanField(label=label, required=False, initial=words is not None)
        # Read out without what stands above it, it still says whose need it is about.
        more = _("More about it: %s") if whose == Whose.PERSON else _("More about it, for the supporter: %s")
        self.fields[f"{name}_detail"] = LineBox(
            label=more % label,
            required=False,
            max_length=300,
            initial="; ".join(filter(None, words or [])),
            # The stylesheet tells an empty box by it, and hides that one while its need is not ticked.
            widget=forms.TextInput(attrs={"placeholder": " "}),
        )
        hide_optional(self, name)

    @property
    def need_groups(self):
        """The person's own boxes for the template, by group: (what they are about, [(tick box, boxes for more), …])."""
        return self._groups(Whose.PERSON)

    @property
    def supporter_groups(self):
        """The same boxes for somebody who comes along."""
        return self._groups(Whose.SUPPORTER)

    @property
    def is_supporter_open(self):
        """Return whether something is ticked or written about somebody who comes along, so that it is shown at once."""
        names = [name for name in self.fields if name.startswith(PREFIX[Whose.SUPPORTER])]
        return any(self[name].value() or self[name].errors for name in names)

    def _groups(self, whose):
        start = PREFIX[whose]
        return [
            (title, [(self[start + kind], self._more(start + kind)) for kind in kinds if start + kind in self.fields])
            for title, kinds in GROUPS
        ]

    def _more(self, name):
        size = f"{name}_size"
        return [*([self[size]] if size in self.fields else []), self[f"{name}_detail"]]

    def needs(self) -> list[Said]:
        """Return the answers. A detail without a tick counts as a tick: nobody writes one for fun."""
        found = []
        for whose in Whose:
            for kind in Kind.values:
                name = f"{PREFIX[whose]}{kind}"
                detail = self.cleaned_data.get(f"{name}_detail", "")
                size = self.cleaned_data.get(f"{name}_size", "")
                if self.cleaned_data.get(name) or detail.strip() or size:
                    found.append(Said(kind, detail, whose, size))
        return found


class AccessNeedsForm(NeedBoxesForm):
    """The recorded needs of `person`; a colleague (not `own`) says how they were told."""

    def __init__(self, *args, person, own, **kwargs):
        recorded: dict[tuple[str, str], list[str]] = {}
        sizes = {}
        for need in person.access_needs.all():
            recorded.setdefault((need.whose, need.kind), []).append(need.detail)
            if need.kind == Kind.LARGE_PRINT:
                is_easy = need.whose == Whose.PERSON and person.letter_size == EASY_READ
                sizes[need.whose] = EASY_READ.value if is_easy else need.size
        super().__init__(*args, recorded=recorded, sizes=sizes, letter_size=person.letter_size, **kwargs)
        if not own:
            self.fields["how"] = how_box()

    def clean(self):
        """Ask for the size of large print."""
        super().clean()
        for said in self.needs():
            name = f"{PREFIX[Whose(said.whose)]}{Kind.LARGE_PRINT}_size"
            if said.kind == Kind.LARGE_PRINT and not said.print_size and name not in self.errors:
                self.add_error(name, _now("Choose how large the print should be"))
        return self.cleaned_data


def how_box():
    """Make the box in which a colleague says how somebody told them."""
    return LineBox(
        label=_("How did they tell you?"),
        help_text=_("For example: on the phone, on 3 May."),
        max_length=200,
        error_messages={"required": _("Say how they told you.")},
    )


class StillRightForm(forms.Form):
    """A colleague notes that what is recorded of somebody's needs is still right."""

    how = how_box()
