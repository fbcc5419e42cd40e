"""The form for a programme's own words."""

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from people import registry
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.lib.dates import today
from wellbeing.lib.texts import LineBox, WordsBox


class WordsForm(forms.Form):
    """The words of a kind of message, and from when they are used. `based_on` is the version they were read from."""

    subject = LineBox(
        label=_("Subject"),
        help_text=_("Of an email, and the heading of a letter."),
        max_length=150,
        error_messages={"required": _("Enter the subject")},
    )
    words = WordsBox(
        label=_("Words"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 14}),
        error_messages={"required": _("Enter the words")},
    )
    short = WordsBox(
        label=_("Text message"),
        help_text=_("{link} leads to the whole message. Leave this empty for the subject and the link."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    effective_from = DayMonthYearField(label=_("Use these words from"), earliest=today)
    based_on = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, kind, direction, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["words"].help_text = _(
            "Leave an empty line between paragraphs. {details} stands for what we fill in: %(holds)s."
        ) % {"holds": kind.standard.holds}
        if settings.TEXT_ANSWERS and kind.key in registry.text_answers:
            self.fields["short"].help_text = format_lazy(
                "{} {}",
                _("People can answer this text message with YES or NO. Say so in it."),
                self.fields["short"].help_text,
            )
        for name in ("subject", "words", "short"):
            self.fields[name].widget.attrs["dir"] = direction
