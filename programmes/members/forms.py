"""Forms about the people of a programme and their roles."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import AccessNeed, Organisation, Person
from programmes.programme.forms.common import MEMBERSHIP_ROLES, half
from programmes.programme.models.groups import Group, Term
from programmes.programme.models.programmes import Role
from wellbeing.forms.choices import Checkboxes, Radios
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.forms.fields import hide_optional, set_rows
from wellbeing.lib import languages
from wellbeing.lib.languages import Language
from wellbeing.lib.phones import PhoneBox
from wellbeing.lib.texts import MAX_ADDRESS_LINES, EmailBox, LineBox, WordsBox

ROLE_HINTS = {
    Role.LIVED_EXPERIENCE: _("Comes to events and can claim for their time and expenses."),
    Role.STAFF: _("Runs the programme: sees and changes its people, events and claims. Somebody else confirms it."),
    Role.FINANCE: _("Makes payments: sees the programme's people and claims. Somebody else confirms it."),
}


class RolesForm(forms.Form):
    """The roles, and perhaps the seat on a group, a person gets in `programme`."""

    roles = forms.MultipleChoiceField(
        label=_("What is their role in the programme?"),
        help_text=_("Choose all that apply."),
        choices=MEMBERSHIP_ROLES,
        required=False,
        widget=Checkboxes(hints=ROLE_HINTS),
    )
    group = forms.ModelChoiceField(
        label=_("Do they join a group?"),
        queryset=Group.objects.none(),
        required=False,
        empty_label=_("No group for now"),
    )
    seat = forms.ChoiceField(
        label=_("Type of group member (optional)"), choices=Term.Seat, required=False, widget=Radios
    )
    starts_on = DayMonthYearField(
        label=_("Since when?"),
        help_text=_(
            "Leave empty for today. Enter an earlier day if they took part before, so that they can claim for it."
            " Staff and finance start when somebody confirms it."
        ),
        required=False,
    )

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        self.programme = programme
        set_rows(self, "group", programme.groups.all())
        # They are needed in some cases, which `clean` knows.
        hide_optional(self, "roles", "seat")
        if not programme.groups.exists():
            del self.fields["group"], self.fields["seat"]

    def clean(self):
        """Also ask for a role or a group, and for the kind of member where a group is chosen."""
        super().clean()
        cleaned = self.cleaned_data
        if not self.errors and not cleaned.get("roles") and not cleaned.get("group"):
            self.add_error("roles", _("Choose what they are to the programme"))
        if cleaned.get("group") and not cleaned.get("seat"):
            self.add_error("seat", _("Choose what kind of member they are on the group"))
        return cleaned


class TypedForm(forms.Form):
    """Hold as much of a new person as is typed already, to look for those of the programme who may be them."""

    full_name = LineBox(max_length=150, required=False)
    known_as = LineBox(max_length=80, required=False)
    email = LineBox(max_length=254, required=False)
    phone = PhoneBox(required=False)
    postal_address = WordsBox(max_length=500, max_lines=MAX_ADDRESS_LINES, required=False)


class PersonForm(RolesForm):
    """A person new to the programme."""

    full_name = LineBox(label=_("Full name"), max_length=150, widget=half(autocomplete="off"))
    known_as = LineBox(
        label=_("What to call them"),
        help_text=_("The name they like to be called by. Leave empty to use their first name."),
        max_length=80,
        required=False,
        widget=half(autocomplete="off"),
    )
    email = EmailBox(
        label=_("Email address"),
        help_text=_(
            "They will sign in with this. We will email them to check that it is theirs. Leave empty if they have none."
        ),
        required=False,
        widget=forms.EmailInput(attrs={"class": "govuk-!-width-two-thirds", "autocomplete": "off"}),
    )
    phone = PhoneBox(
        label=_("Phone number"),
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "type": "tel", "autocomplete": "off"}),
    )
    postal_address = WordsBox(
        label=_("Postal address"),
        max_length=500,
        max_lines=MAX_ADDRESS_LINES,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )
    channel = forms.ChoiceField(
        label=_("Best way to reach them"),
        choices=Person.Channel,
        initial=Person.Channel.EMAIL,
        widget=Radios,
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        help_text=_("Only for people who come from a partner."),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("None"),
    )
    letter_size = forms.ChoiceField(
        label=_("Letters and documents"),
        choices=Person.LetterSize,
        initial=Person.LetterSize.STANDARD,
        widget=Radios,
    )
    language = forms.ChoiceField(
        label=_("Language they read"),
        help_text=_("We use it where a programme has words in it, and English elsewhere."),
        choices=languages.to_choose,
        initial=Language.ENGLISH,
        required=False,
    )
    access_needs = forms.MultipleChoiceField(
        label=_("What do they need so that they can take part?"),
        help_text=_("Choose all they told you about. We show these wherever they matter."),
        choices=AccessNeed.Kind,
        required=False,
        widget=Checkboxes,
    )
    access_details = WordsBox(
        label=_("More about what they need"),
        help_text=_("For example: which language, what food, the size of print."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    field_order = [
        "full_name",
        "known_as",
        "roles",
        "group",
        "seat",
        "starts_on",
        "organisation",
        "email",
        "phone",
        "postal_address",
        "channel",
        "letter_size",
        "language",
        "access_needs",
        "access_details",
    ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        partners = Organisation.objects.filter(partnerships__programme=self.programme)
        set_rows(self, "organisation", partners)
        if not partners.exists():
            del self.fields["organisation"]

    def clean_language(self):
        """Return the language they read: English, where nothing was chosen."""
        return self.cleaned_data["language"] or Language.ENGLISH

    def clean(self):
        """Also ask for the address or number that the best way to reach them needs."""
        super().clean()
        cleaned = self.cleaned_data
        channel = cleaned.get("channel")
        if channel == Person.Channel.EMAIL and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", _("Enter their email address, or choose another way to reach them"))
        if channel in {Person.Channel.SMS, Person.Channel.PHONE} and not cleaned.get("phone"):
            self.add_error("phone", _("Enter their phone number, or choose another way to reach them"))
        if channel == Person.Channel.LETTER and not cleaned.get("postal_address"):
            self.add_error("postal_address", _("Enter their postal address, or choose another way to reach them"))
        return cleaned


class EndForm(forms.Form):
    """When a role or a term of office ends: at once, or after a last day."""

    when = forms.ChoiceField(
        label=_("When does it end?"),
        error_messages={"required": _("Select when it ends")},
        choices=[("now", _("Now")), ("later", _("On a date"))],
        widget=Radios(hints={"now": _("They will lose access straight away.")}),
    )
    last_day = DayMonthYearField(label=_("Last day"), help_text=_("Only if you chose “On a date”."), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        hide_optional(self, "last_day")

    def clean(self):
        """Ask for the day where one is needed; `last_day` is None for an end at once."""
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("when") == "later" and not cleaned.get("last_day") and "last_day" not in self.errors:
            self.add_error("last_day", _("Enter the last day"))
        if cleaned.get("when") == "now":
            cleaned["last_day"] = None
        return cleaned


class CodeForm(forms.Form):
    """The code that somebody reads from the page of their link, to join with a colleague beside them."""

    code = LineBox(
        label=_("The code on their page"),
        max_length=12,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off", "spellcheck": "false"}),
    )


class CreatorForm(forms.Form):
    """The person who gets the right to set up programmes."""

    email = EmailBox(
        label=_("Their email address"),
        help_text=_("The one they sign in with."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"invalid": _("Enter an email address, like name@example.org")},
    )
