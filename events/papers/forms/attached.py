"""Forms about the papers that come with an event."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from events.meetings.models import AgendaItem
from events.papers.models import AttachedPaper, MeetingPaper, PaperFormat
from events.papers.models.attached import ELSEWHERE
from programmes.programme.forms.common import half, paragraph
from wellbeing.forms.choices import Radios
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.forms.fields import set_rows
from wellbeing.lib import uploads
from wellbeing.lib.dates import today
from wellbeing.lib.languages import Language
from wellbeing.lib.texts import LineBox, WordsBox

LANGUAGES = [("", _("Choose a language")), *(one for one in Language.choices if one[0] != Language.ENGLISH)]


class _FormatFields(forms.Form):
    """In which format, and the language where it is in another one than English."""

    format = forms.ChoiceField(label=_("In which format?"), choices=PaperFormat, widget=Radios)
    language = forms.ChoiceField(
        label=_("Which language?"), help_text=_("Only for another language."), choices=LANGUAGES, required=False
    )

    def clean(self):
        """Ask for the language where the format is another one."""
        super().clean()
        if self.cleaned_data.get("format") == PaperFormat.LANGUAGE and not self.cleaned_data.get("language"):
            self.add_error("language", now_("Choose the language."))
        return self.cleaned_data


class CopyForm(_FormatFields):
    """A paper in one format: a file, or words."""

    file = forms.FileField(label=_("A PDF or photo"), required=False)
    words = WordsBox(
        label=_("Or type or paste the words"),
        help_text=_("They can be read on a page, with any size of print and by a screen reader."),
        max_length=40_000,
        required=False,
        widget=paragraph(6),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kept = self.fields["format"]
        assert isinstance(kept, forms.ChoiceField)
        kept.choices = [(one.value, one.label) for one in PaperFormat if one not in ELSEWHERE]
        kept.initial = PaperFormat.STANDARD
        kept.help_text = now_("Braille and audio are made elsewhere. Note them on the page of the paper.")
        file = self.fields["file"]
        file.help_text = now_("Not larger than %(size)s.") % {"size": uploads.size_words(settings.UPLOAD_MAX_BYTES)}
        file.widget.attrs |= uploads.box_attributes(settings.UPLOAD_MAX_BYTES)


class AboutPaperForm(forms.Form):
    """The name of a paper, what it is for, and for a meeting the item of the agenda it belongs to."""

    title = LineBox(label=_("Name of the paper"), max_length=150, widget=half())
    purpose = forms.ChoiceField(label=_("What is it for?"), choices=AttachedPaper.Purpose, widget=Radios)
    item = forms.ModelChoiceField(
        label=_("Which item of the agenda does it belong to?"),
        queryset=AgendaItem.objects.none(),
        required=False,
        empty_label=_("None of them"),
    )

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        if meeting is None:
            del self.fields["item"]
            return
        items = meeting.items.filter(is_out=False).exclude(kind=AgendaItem.Kind.BREAK)
        set_rows(self, "item", items.order_by("position", "pk"))


class PaperAddForm(AboutPaperForm, CopyForm):
    """A new paper with its first format."""

    field_order = ["title", "purpose", "item", "format", "language", "file", "words"]


class WhyWithdrawnForm(forms.Form):
    """Why a paper is withdrawn."""

    why = WordsBox(
        label=_("Why is it withdrawn?"),
        help_text=_("Readers of the papers can read this."),
        max_length=2000,
        widget=paragraph(3),
    )


class MadeForm(_FormatFields):
    """Who made something in another format, when, and what became of it."""

    made_by = LineBox(label=_("Who made it?"), help_text=_("A colleague or a service."), max_length=150, widget=half())
    made_on = DayMonthYearField(label=_("When was it made?"), latest=today)
    how = LineBox(
        label=_("What became of it?"),
        help_text=_("For example: posted, or handed over on the day. Do not write who needs it."),
        max_length=200,
        required=False,
    )


class MadeOfMeetingForm(MadeForm):
    """The agenda or the minutes in a format that was made elsewhere; `allowed` are those there may be."""

    what = forms.ChoiceField(label=_("What was made?"), widget=Radios)

    field_order = ["what", "format", "language", "made_by", "made_on", "how"]

    def __init__(self, *args, allowed, **kwargs):
        super().__init__(*args, **kwargs)
        what = self.fields["what"]
        assert isinstance(what, forms.ChoiceField)
        what.choices = [(one.value, one.label) for one in allowed]
        what.initial = MeetingPaper.What.AGENDA
