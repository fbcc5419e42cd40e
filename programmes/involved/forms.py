"""Forms about getting involved: the open one, and those by which staff keep it and answer."""

from typing import Any

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from programmes.programme.forms.common import half, paragraph
from wellbeing.forms.choices import Radios
from wellbeing.lib.phones import PhoneBox
from wellbeing.lib.texts import EmailBox, LineBox, WordsBox

# The form says with this when it was opened: no other signature of the product is one.
SALT = "programmes.involved.opened"
# Seconds for which a form that was opened can be sent.
A_DAY = 24 * 60 * 60


class GetInvolvedForm(forms.Form):
    """The open form. A field that people do not see, and when the form was opened, tell programs that fill it in."""

    full_name = LineBox(label=_("Your name"), max_length=150, widget=half(autocomplete="name"))
    email = EmailBox(
        label=_("Your email address"),
        required=False,
        help_text=_("An email address or a phone number is enough: we only use it to answer you."),
        widget=half(autocomplete="email"),
    )
    phone = PhoneBox(label=_("Your phone number"), max_length=40, required=False, widget=half(autocomplete="tel"))
    words = WordsBox(
        label=_("Is there anything you would like to tell us?"),
        help_text=_("For example why you are interested. Please do not write about your health here."),
        max_length=2000,
        required=False,
        widget=paragraph(4),
    )
    needs = WordsBox(
        label=_("What would help you to take part?"),
        help_text=_("For example a phone call in place of an email, or large print."),
        max_length=1000,
        required=False,
        widget=paragraph(2),
    )
    website = LineBox(label=_("Leave this empty"), max_length=200, required=False)
    opened = LineBox(max_length=200, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, least_seconds: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.least_seconds = least_seconds
        self.fields["opened"].initial = signing.dumps(timezone.now().timestamp(), salt=SALT)
        website = self.fields["website"]
        website.widget.attrs.update({"autocomplete": "off", "tabindex": "-1"})

    @property
    def is_by_a_program(self) -> bool:
        """Return whether the field that people do not see was filled in."""
        return bool(self.cleaned_data.get("website"))

    def clean(self) -> dict[str, Any]:
        """Ask for a way to answer, and to send again what came faster than a person writes."""
        super().clean()
        values = self.cleaned_data
        if not self.errors and not values.get("email") and not values.get("phone"):
            self.add_error("email", now_("Enter an email address or a phone number, so that we can answer."))
        if not self.errors and self._came_too_fast():
            # The typed text stays; a person presses again, and the form has been open for longer by then.
            self.add_error(None, now_("Please check what you wrote, then send it once more."))
        return values

    def _came_too_fast(self) -> bool:
        try:
            opened = signing.loads(self.data.get("opened", ""), salt=SALT, max_age=A_DAY)
        except signing.BadSignature:
            return True
        passed: float = timezone.now().timestamp() - opened
        return passed <= self.least_seconds

    @property
    def told(self) -> dict[str, str]:
        """Return what somebody wrote, as arguments of `actions.write`."""
        return {name: self.cleaned_data[name] for name in ("full_name", "email", "phone", "words", "needs")}


class OpenFormForm(forms.Form):
    """Ask for the words of the open form, and whether it is open."""

    words = WordsBox(
        label=_("What do people read above the form?"),
        help_text=_("What you do together, who you would like to hear from, what is paid, and what happens next."),
        max_length=2000,
        widget=paragraph(6),
    )
    is_open = forms.TypedChoiceField(
        label=_("Is the form open?"),
        choices=[("yes", _("Open: anybody who has the link can write")), ("no", _("Closed"))],
        coerce=lambda value: value == "yes",
        widget=Radios,
    )


class AnswerForm(forms.Form):
    """Who somebody who wrote is, or what they are told where it does not fit. `likely` are (key, name) of people."""

    what = forms.ChoiceField(label=_("What is your answer?"), widget=Radios)
    answer = WordsBox(
        label=_("What do you tell them?"),
        help_text=_("Only if it does not fit now."),
        max_length=2000,
        required=False,
        widget=paragraph(4),
    )

    def __init__(self, *args: Any, likely: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        what = self.fields["what"]
        assert isinstance(what, forms.ChoiceField)
        what.choices = [
            ("new", _("Welcome them: they are new")),
            *((f"person-{key}", now_("They are %(who)s: welcome them") % {"who": who}) for key, who in likely),
            ("no", _("It does not fit now")),
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for words where it does not fit."""
        super().clean()
        if self.cleaned_data.get("what") == "no" and not self.cleaned_data.get("answer"):
            self.add_error("answer", now_("Write what they are told."))
        return self.cleaned_data
