"""Forms in which members say what they think, and others write it down or answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.directory.models import Person
from programmes.decisions.models import STANCES, Objection, Version, Way
from programmes.groups.models import Interest, Nature
from programmes.programme.forms.common import paragraph
from wellbeing.forms.choices import Radios
from wellbeing.forms.fields import set_rows
from wellbeing.lib.texts import WordsBox

NAMED_HINT = _(
    "If you do not tick this, people will see what you wrote but not your name. In a small group, people may guess it"
    " was you."
)


class StanceForm(forms.Form):
    """A member's view of a proposal decided by `method`."""

    stance = forms.ChoiceField(
        label=_("What do you think of this proposal?"),
        widget=Radios,
        error_messages={"required": _("Choose what you think")},
    )
    reason = WordsBox(
        label=_("In your own words"),
        help_text=_("Say as much or as little as you like. Nobody else can change or remove your words."),
        max_length=4000,
        required=False,
        widget=paragraph(),
    )
    named = forms.BooleanField(
        label=_("Show my name with my words"), help_text=NAMED_HINT, required=False, initial=True
    )

    def __init__(self, *args, method, **kwargs):
        super().__init__(*args, **kwargs)
        stance = self.fields["stance"]
        assert isinstance(stance, forms.ChoiceField)
        stance.choices = [(one.value, one.label) for one in STANCES[method]]


class PositionForm(StanceForm):
    """A member's view on the wording they read."""

    matters = WordsBox(
        label=_("What matters to you about it?"),
        help_text=_("What you need, or what you want to protect. It helps the group find a way that works for more."),
        max_length=2000,
        required=False,
        widget=paragraph(3),
    )
    wants_answer = forms.BooleanField(
        label=_("I would like an answer before the group decides"),
        help_text=_("An objection is always answered."),
        required=False,
    )
    version = forms.ModelChoiceField(queryset=Version.objects.none(), widget=forms.HiddenInput, required=False)

    field_order = ["stance", "reason", "matters", "wants_answer", "named", "version"]

    def __init__(self, *args, decision, **kwargs):
        super().__init__(*args, method=decision.method, **kwargs)
        set_rows(self, "version", decision.versions.all())
        self.fields["version"].initial = decision.version_id


class RecordedPositionForm(StanceForm):
    """A view that one of `members` gave by phone, by letter or at a meeting."""

    member = forms.ModelChoiceField(label=_("Whose view is it?"), queryset=Person.objects.none())
    way = forms.ChoiceField(
        label=_("How did they give it?"),
        choices=[choice for choice in Way.choices if choice[0] != Way.PAGE],
        widget=Radios,
    )
    wants_answer = forms.BooleanField(label=_("They would like an answer before the group decides"), required=False)

    field_order = ["member", "way", "stance", "reason", "wants_answer", "named"]

    def __init__(self, *args, members, **kwargs):
        super().__init__(*args, **kwargs)
        set_rows(self, "member", members)
        self.fields["stance"].label = _("What do they think of this proposal?")
        self.fields["reason"].label = _("In their own words")
        self.fields["reason"].help_text = _("Write what they said, as they said it.")
        self.fields["named"].label = _("Show their name with their words")
        self.fields["named"].help_text = _("Ask them.")


class ThoughtForm(forms.Form):
    """First thoughts on a proposal that is talked over."""

    words = WordsBox(label=_("What do you think so far?"), max_length=4000, required=False, widget=paragraph())
    matters = WordsBox(
        label=_("What matters to you about it?"),
        help_text=_("What you need, or what you want to protect."),
        max_length=2000,
        required=False,
        widget=paragraph(3),
    )
    passes = forms.BooleanField(label=_("I pass for now"), required=False)
    named = forms.BooleanField(
        label=_("Show my name with my words"), help_text=NAMED_HINT, required=False, initial=True
    )


class QuestionForm(forms.Form):
    """A question about a proposal."""

    words = WordsBox(label=_("What would you like to know?"), max_length=2000, widget=paragraph(3))
    named = forms.BooleanField(label=_("Show my name"), required=False, initial=True)


class AnswerForm(forms.Form):
    """An answer to a question."""

    answer = WordsBox(label=_("Your answer"), max_length=4000, widget=paragraph())


class ReplyForm(forms.Form):
    """An answer to an objection, with reasons."""

    words = WordsBox(
        label=_("Your answer"),
        help_text=_("Answer what this member said. Only they can say if it is enough."),
        max_length=4000,
        widget=paragraph(),
    )


class ClosingForm(forms.Form):
    """The word of the member who raised an objection, about the answer."""

    closed_as = forms.ChoiceField(
        label=_("Is the answer enough for you?"),
        choices=Objection.Close,
        widget=Radios,
        error_messages={"required": _("Choose one")},
    )


class InterestForm(forms.Form):
    """An interest in one decision; `interests` are those of the member in the register."""

    interest = forms.ModelChoiceField(
        label=_("Is it one you have in the register?"),
        queryset=Interest.objects.none(),
        required=False,
        empty_label=_("No, it is another"),
    )
    nature = forms.ChoiceField(label=_("What kind of interest is it?"), choices=Nature, widget=Radios)
    outline = WordsBox(
        label=_("Tell us in a few words"),
        help_text=_("The group can read this. Lived experience is not an interest: it is why you are here."),
        max_length=1000,
        widget=paragraph(3),
    )
    in_advance = forms.BooleanField(
        label=_("I say this before the group has talked about it"), required=False, initial=True
    )

    def __init__(self, *args, interests, **kwargs):
        super().__init__(*args, **kwargs)
        if interests:
            set_rows(self, "interest", interests)
        else:
            del self.fields["interest"]


class TakeBackForm(forms.Form):
    """Why an interest was no interest after all."""

    why = WordsBox(label=_("Why is it no interest after all?"), max_length=1000, widget=paragraph(3))


class LateViewForm(StanceForm):
    """Words that are put beside a decision, as said after it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stance"].label = _("What do you think of what was decided?")
