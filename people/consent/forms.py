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
            is_to_other_words = last is not None and last.agreed and last.wording_id != wordings[purpose].pk
            shown = "" if last is None or is_to_other_words else ("yes" if last.agreed else "no")
            # An answer that was there when the page was opened, and is not touched, is not given again.
            self.fields[f"shown_{purpose}"] = LineBox(
                max_length=3, required=False, initial=shown, widget=forms.HiddenInput
            )
            self.fields[purpose] = forms.ChoiceField(
                label=Purpose(purpose).label,
                help_text=wordings[purpose].words,
                choices=ANSWERS,
                initial=shown,
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
        """Return what was answered now, by purpose: True for yes."""
        told = self.cleaned_data
        given = {purpose: told.get(purpose) for purpose in self.purposes}
        return {purpose: said == "yes" for purpose, said in given.items() if said and said != told[f"shown_{purpose}"]}
