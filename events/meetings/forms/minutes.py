"""Forms about minutes: writing, correcting and agreeing them, and notes beside them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from events.meetings.models import AgendaItem, Correction, Meeting
from programmes.decisions.forms.deciding import ActionPointForm
from programmes.programme.forms.common import paragraph
from wellbeing.forms.choices import Radios
from wellbeing.forms.fields import set_rows
from wellbeing.lib.dates import long_date
from wellbeing.lib.texts import WordsBox


class ItemMinutesForm(forms.Form):
    """The words of an item: said and agreed."""

    said = WordsBox(
        label=_("What was said?"),
        help_text=_("In short. Say what was meant, without who said it where they would not want that."),
        max_length=8000,
        required=False,
        widget=paragraph(),
    )
    agreed = WordsBox(label=_("What was agreed?"), max_length=4000, required=False, widget=paragraph(3))
    members_only = forms.BooleanField(
        label=_("For members only: leave this out when the minutes are published"), required=False
    )


class MeetingActionForm(ActionPointForm):
    """Something to be done that the meeting agreed, perhaps under one of `items`."""

    item = forms.ModelChoiceField(
        label=_("Under which item?"),
        queryset=AgendaItem.objects.none(),
        required=False,
        empty_label=_("None of them"),
    )

    def __init__(self, *args, items, **kwargs):
        super().__init__(*args, **kwargs)
        set_rows(self, "item", items)


class CorrectionForm(forms.Form):
    """Something that is not right in the minutes, perhaps about one of `items`."""

    words = WordsBox(
        label=_("What is not right?"),
        help_text=_("Say what it should be instead."),
        max_length=4000,
        widget=paragraph(),
        error_messages={"required": _("Say what is not right")},
    )
    item = forms.ModelChoiceField(
        label=_("Which part is it about?"),
        queryset=AgendaItem.objects.none(),
        required=False,
        empty_label=_("Another part, or all of it"),
    )

    def __init__(self, *args, items, **kwargs):
        super().__init__(*args, **kwargs)
        set_rows(self, "item", items)


class SettleForm(forms.Form):
    """The answer to a correction."""

    settled_as = forms.ChoiceField(label=_("What became of it?"), choices=Correction.Settled, widget=Radios)
    why = WordsBox(
        label=_("Why?"),
        help_text=_("Needed where the minutes stay as they are."),
        max_length=2000,
        required=False,
        widget=paragraph(3),
    )


class _MeetingChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return f"{obj.event.title}, {long_date(obj.event.starts_at)}"


class AgreeForm(forms.Form):
    """The meeting at which the minutes were agreed: one of `meetings`."""

    at = _MeetingChoice(
        label=_("At which meeting were they agreed?"),
        queryset=Meeting.objects.none(),
        empty_label=None,
        error_messages={"required": _("Choose the meeting at which they were agreed")},
    )

    def __init__(self, *args, meetings, **kwargs):
        super().__init__(*args, **kwargs)
        set_rows(self, "at", meetings)


class NoteForm(forms.Form):
    """A note beside minutes that are agreed."""

    words = WordsBox(
        label=_("Note"),
        help_text=_("It stands beside the minutes with today's date. The minutes themselves stay as they are."),
        max_length=4000,
        widget=paragraph(),
        error_messages={"required": _("Write the note")},
    )
    members_only = forms.BooleanField(label=_("For members only"), required=False)
