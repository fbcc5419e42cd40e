"""The form about a meeting's papers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import Person
from wellbeing.forms.choices import Radios

SIZES = [choice for choice in Person.LetterSize.choices if choice[0] != Person.LetterSize.EASY_READ]


class PaperForm(forms.Form):
    """Which paper (of those `allowed`), and in which print: by default the one the reader chose for themselves."""

    what = forms.ChoiceField(label=_("Which paper?"), widget=Radios)
    layout = forms.ChoiceField(label=_("In which print?"), choices=SIZES, widget=Radios)

    def __init__(self, *args, allowed, letter_size, **kwargs):
        super().__init__(*args, **kwargs)
        what = self.fields["what"]
        assert isinstance(what, forms.ChoiceField)
        what.choices = [(one.value, one.label) for one in allowed]
        what.initial = allowed[0] if allowed else None
        known = letter_size in dict(SIZES)
        self.fields["layout"].initial = letter_size if known else Person.LetterSize.LARGE_16
