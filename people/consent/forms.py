"""The form on which somebody says what they agree to."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.consent.models import Purpose
from wellbeing.forms.choices import Radios
from wellbeing.lib.texts import LineBox

ANSWERS = [("yes", _("Yes")), ("no", _("No"))]


class ConsentForm(forms.Form):
    """One question for each purpose that has words; what is not answered stays without consent."""

    def __init__(self, *args, wordings, answers, own, **kwargs):
        super().__init__(*args, **kwargs)
        self.purposes = [purpose for purpose in Purpose.values if purpose in wordings]
        for purpose in self.purposes:
            last = answers.get(purpose)
            self.fields[purpose] = forms.ChoiceField(
                label=Purpose(purpose).label,
                help_text=wordings[purpose].words,
                choices=ANSWERS,
                initial=None if last is None else ("yes" if last.agreed else "no"),
                required=False,
                widget=Radios,
            )
            # Nobody has to answer, and the words above the questions say so.
            self.fields[purpose].hide_optional = True  # type: ignore[attr-defined]
            self.fields[purpose].inline = True  # type: ignore[attr-defined]
        if not own:
            self.fields["how"] = LineBox(
                label=_("How did they tell you?"),
                help_text=_("For example: on the phone, on 3 May."),
                max_length=200,
                error_messages={"required": _("Say how they told you.")},
            )

    @property
    def answers(self):
        """Return what was answered, by purpose: True for yes."""
        given = {purpose: self.cleaned_data.get(purpose) for purpose in self.purposes}
        return {purpose: said == "yes" for purpose, said in given.items() if said}
