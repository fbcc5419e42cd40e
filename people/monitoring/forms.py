"""Form of one question about fairness: its answers, and room for own words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.monitoring.models import MonitoringQuestion
from wellbeing.forms.choices import Radios
from wellbeing.forms.fields import make_heading, set_choices
from wellbeing.lib.texts import LineBox

MAX_OWN_WORDS = 200


class AnswerForm(forms.Form):
    """One question, which is the heading of its page."""

    option = forms.ChoiceField(
        widget=Radios, error_messages={"required": _("Choose an answer, or leave this question out")}
    )
    own_words = LineBox(label=_("In your own words"), max_length=MAX_OWN_WORDS, required=False)

    def __init__(self, *args, question: MonitoringQuestion, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["option"].label = question.words
        self.fields["option"].help_text = question.hint
        set_choices(self, "option", [(one.key, one.words) for one in question.choices])
        make_heading(self, "option")
        with_room = [one.words for one in question.choices if one.own]
        if with_room:
            self.fields["own_words"].help_text = _(
                "If you chose “%(answer)s”. No page shows these words to anybody but you."
            ) % {"answer": _("” or “").join(with_room)}
        else:
            del self.fields["own_words"]
