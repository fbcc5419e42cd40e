"""Forms of an import: the file, what each column is, the cells of a row."""

import django_filters
from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from programmes.importing.calculations import columns
from programmes.importing.calculations.columns import Target
from programmes.importing.models import RowStatus
from programmes.programme.models.groups import Group, Term
from programmes.programme.models.programmes import Role
from wellbeing.forms.choices import Radios
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.forms.fields import hide_optional, set_choices, set_rows
from wellbeing.lib.sheet_files import ACCEPT
from wellbeing.lib.sheets.table import CSV, MAX_ABOVE, MAX_CELL
from wellbeing.lib.texts import WordsBox

LEAVE_OUT = _("Leave this column out")
ENCODINGS = [
    ("utf-8", _("Unicode (UTF-8)")),
    ("cp1252", _("Windows, Western Europe")),
    ("cp1250", _("Windows, Central Europe")),
    ("mac_roman", _("Old Macs")),
    ("utf-16", _("Unicode (UTF-16)")),
]
SEPARATORS = [(",", _("Comma")), (";", _("Semicolon")), ("\t", _("Tab")), ("|", _("Upright line"))]
MOST_SAMPLE = 60


class UploadForm(forms.Form):
    """A spreadsheet with people."""

    file = forms.FileField(
        label=_("The spreadsheet"),
        help_text=_("Excel (XLSX), LibreOffice (ODS) or CSV, with one person in each row. Columns can have any names."),
        error_messages={"required": _("Choose a file")},
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )


class ReadingForm(forms.Form):
    """How the file of an import is read, where what was told from it is not right."""

    sheet = forms.TypedChoiceField(label=_("Which sheet has the people?"), coerce=int)
    heading_row = forms.IntegerField(
        label=_("Which row has the headings?"),
        help_text=_("The number of the row in the spreadsheet. 0 if there are no headings."),
        min_value=0,
        max_value=MAX_ABOVE,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
        error_messages={"required": _("Enter the number of the row with the headings, or 0")},
    )
    encoding = forms.ChoiceField(
        label=_("Letters"), help_text=_("If names look wrong, such as Zoë, try another."), choices=ENCODINGS
    )
    separator = forms.ChoiceField(label=_("What stands between the columns?"), choices=SEPARATORS)

    def __init__(self, *args, people_import, **kwargs):
        super().__init__(*args, **kwargs)
        if people_import.kind == CSV:
            del self.fields["sheet"]
            if people_import.encoding not in dict(ENCODINGS):
                # Told from a mark at the start of the file, which says more than a choice here.
                set_choices(self, "encoding", [*ENCODINGS, (people_import.encoding, people_import.encoding)])
        else:
            del self.fields["encoding"], self.fields["separator"]
            set_choices(self, "sheet", list(enumerate(people_import.sheets)))


class ColumnsForm(forms.Form):
    """Ask for the use of each column, and the defaults for everybody in the file who has nothing of their own there."""

    role = forms.ChoiceField(
        label=_("Role of everybody without one in the file"),
        choices=[(Role.LIVED_EXPERIENCE.value, Role.LIVED_EXPERIENCE.label), ("", _("No role: members of a group"))],
        required=False,
        widget=Radios,
    )
    group = forms.ModelChoiceField(
        label=_("Group of everybody without one in the file"),
        queryset=Group.objects.none(),
        required=False,
        empty_label=_("No group"),
    )
    seat = forms.ChoiceField(
        label=_("Kind of group member"), choices=[("", _("Lived experience")), *Term.Seat.choices[1:]], required=False
    )
    starts_on = DayMonthYearField(
        label=_("First day of everybody without one in the file"),
        help_text=_("They can claim for what they did from this day on. Leave empty for the day they are brought in."),
        required=False,
    )

    def __init__(self, *args, people_import, samples, **kwargs):
        super().__init__(*args, **kwargs)
        self.people_import = people_import
        set_rows(self, "group", people_import.programme.groups.all())
        if not people_import.programme.groups.exists():
            del self.fields["group"], self.fields["seat"]
        hide_optional(self, *(name for name in ("role", "group", "seat", "starts_on") if name in self.fields))
        own = {
            f"column_{index}": forms.ChoiceField(
                label=heading,
                help_text=_sample_words(samples[index]),
                choices=_targets,
                required=False,
                initial=people_import.mapping[index],
            )
            for index, heading in enumerate(people_import.headings)
        }
        self.fields = {**own, **self.fields}
        hide_optional(self, *own)

    @property
    def mapping(self):
        """Return the target of each column as it was chosen."""
        return [self.cleaned_data[f"column_{index}"] for index in range(len(self.people_import.headings))]

    def clean(self):
        """Also say why the columns cannot be read so."""
        super().clean()
        if not self.errors and (problem := columns.problem_of(self.mapping)):
            raise forms.ValidationError(problem)
        if (day := self.cleaned_data.get("starts_on")) and day > self.people_import.programme.ends_on:
            self.add_error("starts_on", _("This day is after the end of the programme. Enter an earlier one."))
        return self.cleaned_data


def _targets():
    several = _now("%(what)s (one or several columns)")
    return [
        ("", LEAVE_OUT),
        *((one.value, several % {"what": one.label} if one in columns.SEVERAL else one.label) for one in Target),
    ]


def _sample_words(cells):
    if not cells:
        return _now("This column is empty.")
    shown = [cell if len(cell) <= MOST_SAMPLE else f"{cell[:MOST_SAMPLE]}…" for cell in cells]
    return _now("For example: %(cells)s") % {"cells": "; ".join(" ".join(cell.split()) for cell in shown)}


class RowForm(forms.Form):
    """The cells of one row that are read, to put right; each problem stands beside its cell."""

    def __init__(self, *args, row, people_import, **kwargs):
        super().__init__(*args, **kwargs)
        self.row = row
        for index, target in enumerate(people_import.mapping):
            if not target:
                continue
            long = target == Target.ADDRESS or "\n" in row.cells[index] or len(row.cells[index]) > MOST_SAMPLE
            widget = forms.Textarea(attrs={"rows": 3}) if long else forms.TextInput()
            widget.attrs["autocomplete"] = "off"
            self.fields[f"cell_{index}"] = WordsBox(
                label=people_import.headings[index],
                help_text="" if people_import.headings[index] == Target(target).label else Target(target).label,
                required=False,
                max_length=MAX_CELL,
                initial=row.cells[index],
                widget=widget,
            )
        hide_optional(self, *self.fields)

    @property
    def cells(self):
        """Return all cells of the row, those in the form as they were typed."""
        cells = list(self.row.cells)
        for name, value in self.cleaned_data.items():
            cells[int(name.removeprefix("cell_"))] = value
        return cells


class RowFilter(django_filters.FilterSet):
    """Filters the rows of an import by what became of them."""

    status = django_filters.ChoiceFilter(label=_("Show"), choices=RowStatus.choices, empty_label=_("All rows"))

    def __init__(self, *args, counts, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(value, f"{label} ({counts[value]})") for value, label in RowStatus.choices if counts[value]]
        set_choices(self.form, "status", [("", _now("All rows")), *choices])
