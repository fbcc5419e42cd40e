"""Forms of the pages about one's own data."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.privacy.models import PrivacyRequest
from wellbeing.lib.texts import WordsBox

ROWS = {"rows": 4}


class AskErasureForm(forms.Form):
    """That somebody wishes to be removed: they say that they have read what that means."""

    words = WordsBox(
        label=_("Is there anything we should know?"),
        help_text=_("You do not have to give a reason."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs=ROWS),
    )
    sure = forms.BooleanField(
        label=_("I have read what goes and what stays, and I wish to be removed"),
        error_messages={"required": _("Tick the box to say that you have read it.")},
    )


class AskForThemForm(forms.Form):
    """Record a request that somebody made by phone or letter: its kind, and how it came."""

    kind = forms.ChoiceField(
        label=_("What do they ask for?"), choices=PrivacyRequest.Kind.choices, widget=forms.RadioSelect
    )
    words = WordsBox(label=_("In their words"), max_length=1000, required=False, widget=forms.Textarea(attrs=ROWS))
    how = WordsBox(
        label=_("How did they ask?"),
        help_text=_("For example: on the phone, with me."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ConfirmForm(forms.Form):
    """How it was made sure that a request is its person's."""

    proof = WordsBox(
        label=_("How did you make sure that it is them?"),
        help_text=_("For example: “I rang the number we have, and they told me the day of the last workshop.”"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RefuseForm(forms.Form):
    """For which reason in law a request is refused."""

    ground = forms.ChoiceField(
        label=_("The reason in law"), choices=PrivacyRequest.Ground.choices, widget=forms.RadioSelect
    )
    refused_why = WordsBox(label=_("Why, in words for the person"), max_length=2000, widget=forms.Textarea(attrs=ROWS))


class ComplainForm(forms.Form):
    """Ask for the subject of a complaint."""

    words = WordsBox(
        label=_("What is your complaint about?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )


class ComplainForThemForm(ComplainForm):
    """Record the subject of a complaint that somebody made by phone or letter."""

    how = WordsBox(
        label=_("How did they complain?"),
        help_text=_("For example: on the phone, with me."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AnswerForm(forms.Form):
    """Our answer to a complaint."""

    answer = WordsBox(label=_("Our answer"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))


class EmergencyForm(forms.Form):
    """Ask for the emergency because of which access needs are opened without the right to read them."""

    reason = WordsBox(
        label=_("What has happened?"),
        help_text=_("The person will read this. For example: “They fell ill at the workshop.”"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class HoldForm(forms.Form):
    """Why something that is due to be removed has to stay."""

    why = WordsBox(label=_("Why does it have to stay?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
