"""Forms about somebody's part in a programme."""

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.members.forms import EndForm
from programmes.programme.forms.common import paragraph
from wellbeing.forms.choices import Radios
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.forms.fields import hide_optional
from wellbeing.lib.texts import WordsBox


class BreakForm(forms.Form):
    """From when a break goes, and until when."""

    starts_on = DayMonthYearField(label=_("From which day?"))
    until = forms.ChoiceField(
        label=_("Until when?"),
        choices=[("open", _("Until I say that I am back")), ("day", _("Until a date"))],
        widget=Radios,
        initial="open",
    )
    ends_on = DayMonthYearField(label=_("Last day"), help_text=_("Only if you chose “Until a date”."), required=False)

    def __init__(self, *args, own, **kwargs):
        super().__init__(*args, **kwargs)
        hide_optional(self, "ends_on")
        if not own:
            until = self.fields["until"]
            assert isinstance(until, forms.ChoiceField)
            until.choices = [("open", _("Until they say that they are back")), ("day", _("Until a date"))]

    def clean(self):
        """Ask for the last day where there is one; it is None for a break without an end."""
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("until") == "day" and not cleaned.get("ends_on") and "ends_on" not in self.errors:
            self.add_error("ends_on", _("Enter the last day"))
        if cleaned.pop("until", "") == "open":
            cleaned["ends_on"] = None
        return cleaned


class LastDayForm(EndForm):
    """When somebody stops: at once, or after a last day."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        when = self.fields["when"]
        assert isinstance(when, forms.ChoiceField)
        when.label = _("When is the last day?")
        when.choices = [("now", _("Today")), ("later", _("On a date"))]
        when.widget = Radios(choices=when.choices)
        when.error_messages["required"] = _("Select when the last day is")


class ComebackForm(forms.Form):
    """Ask somebody who would like to come back for what they want to say."""

    words = WordsBox(
        label=_("Is there anything you would like to tell us?"),
        help_text=_("For example what you would like to do, or how much. You can leave it empty."),
        max_length=2000,
        required=False,
        widget=paragraph(4),
    )


class ComebackAnswerForm(forms.Form):
    """Whether somebody is welcome back, and what they are told where they are not."""

    welcome = forms.ChoiceField(
        label=_("Are they welcome back?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=Radios(hints={"yes": _("They get the role of lived experience again, from today, and are told.")}),
    )
    answer = WordsBox(
        label=_("What do you tell them?"),
        help_text=_("Only if you chose “No”. They are sent these words."),
        max_length=2000,
        required=False,
        widget=paragraph(4),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        hide_optional(self, "answer")

    def clean(self):
        """Ask for words where the answer is no."""
        super().clean()
        if self.cleaned_data.get("welcome") == "no" and not self.cleaned_data.get("answer"):
            self.add_error("answer", _("Write what they are told."))
        return self.cleaned_data
