"""The form for when people are reminded of a subject."""

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.programme.forms.common import narrow
from programmes.reminders import checking
from programmes.reminders.models import ReminderRule
from wellbeing.forms.dates import DayMonthYearField

NUMBER = {"class": "govuk-input--width-3", "inputmode": "numeric"}


class ReminderRuleForm(forms.Form):
    """When people are reminded of one subject. All that is wrong with it is said at once."""

    is_on = forms.TypedChoiceField(
        label=_("Do we remind people of this?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda chosen: chosen == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Select whether we remind people of this.")},
    )
    when = forms.ChoiceField(
        choices=ReminderRule.When,
        widget=forms.RadioSelect,
        error_messages={"required": _("Select whether the first reminder is before or after that day.")},
    )
    days = forms.IntegerField(
        label=_("How many days before is the first reminder?"),
        widget=narrow(**NUMBER),
    )
    at_most = forms.IntegerField(
        label=_("How many reminders does a person get at most?"),
        help_text=_("Nobody is reminded again of something that is dealt with."),
        widget=narrow(**NUMBER),
    )
    again_after = forms.IntegerField(
        label=_("How many days are there between two reminders?"),
        help_text=_("Leave empty for one reminder."),
        required=False,
        widget=narrow(**NUMBER),
    )
    effective_from = DayMonthYearField(
        label=_("When does this start?"),
        help_text=_("Until then people are reminded as they are now."),
        error_messages={"required": _("Enter the day this starts.")},
    )

    def __init__(self, *args, subject, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["days"].help_text = _("The days count from %(due)s.") % {"due": subject.due}
        if subject.after_too:
            self.fields["when"].label = _("Is the first reminder before or after %(due)s?") % {"due": subject.due}
            self.fields["days"].label = _("How many days before or after is the first reminder?")
        else:
            del self.fields["when"]
        wanted = {
            "days": checking.days_wanted(),
            "at_most": checking.times_wanted(),
            "again_after": checking.days_between_wanted(),
        }
        for name, sentence in wanted.items():
            self.fields[name].error_messages |= {"required": sentence, "invalid": sentence}

    def clean(self):
        super().clean()
        names = ("days", "at_most", "again_after", "effective_from")
        for name, sentence in checking.problems_of(*(self.cleaned_data.get(name) for name in names)).items():
            # The text typed may not be a number at all, and has its sentence then.
            if name not in self.errors:
                self.add_error(name, sentence)
        return self.cleaned_data
