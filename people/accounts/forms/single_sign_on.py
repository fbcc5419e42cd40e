"""The form of an organisation's sign-in."""

import re

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from people.accounts import openid
from people.accounts.models.single_sign_on import SignInProvider
from wellbeing.lib.texts import LineBox, UrlBox, WordsBox, too_long

URL_MAX_LENGTH = 300
_PLAIN = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}


class SignInProviderForm(forms.Form):
    """The details of an organisation's sign-in. `provider` is the one that is changed."""

    name = LineBox(
        label=_("Name of the organisation"),
        max_length=60,
        help_text=_("The button says “Sign in with …” and this name."),
        error_messages={"required": _("Enter the name of the organisation")},
    )
    domains = WordsBox(
        label=_("Email domains"),
        max_length=1000,
        help_text=_("What stands after the @ in its people's addresses, one on each line, like example.org."),
        widget=forms.Textarea(attrs={"rows": 3, **_PLAIN}),
        error_messages={"required": _("Enter at least one email domain, like example.org")},
    )
    discovery_url = UrlBox(
        label=_("Discovery address"),
        max_length=URL_MAX_LENGTH,
        assume_scheme="https",
        help_text=_("It begins with https:// and ends in /.well-known/openid-configuration."),
        widget=forms.URLInput(attrs=_PLAIN),
        error_messages={
            "required": _("Enter the discovery address"),
            "invalid": _("Enter a web address that begins with https://"),
        },
    )
    client_id = LineBox(
        label=_("Client ID"),
        max_length=200,
        required=False,
        help_text=_("The organisation's IT gives it to you, with the secret. You can enter both later."),
        widget=forms.TextInput(attrs=_PLAIN),
    )
    secret = LineBox(
        label=_("Client secret"),
        max_length=300,
        required=False,
        help_text=_("It is encrypted and never shown again."),
        widget=forms.PasswordInput(attrs={**_PLAIN, "autocomplete": "new-password"}),
    )
    trusts_addresses = forms.BooleanField(
        label=_("Its email addresses count as checked"),
        required=False,
        help_text=_(
            "For providers such as Entra ID, which do not say whether they checked an address. Tick it only if the"
            " organisation alone decides who gets an address at these domains."
        ),
    )
    is_required = forms.BooleanField(
        label=_("Colleagues of these domains must use it"),
        required=False,
        help_text=_(
            "Staff and finance then sign in no other way. Administrators and people with lived experience still can."
            " First sign in by it yourself, without this."
        ),
    )

    def __init__(self, *args, provider: SignInProvider | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        if provider is not None and provider.secret_set_at:
            self.fields["secret"].help_text = _now("Leave it empty to keep the one we have. It is never shown again.")

    def clean_domains(self):
        """Return the domains as a list."""
        return [part for part in re.split(r"[\s,;]+", self.cleaned_data["domains"]) if part]

    def clean_discovery_url(self):
        """Return the address with its usual end, which people often leave out."""
        url = self.cleaned_data["discovery_url"]
        if openid.WELL_KNOWN not in url:
            url = url.rstrip("/") + openid.WELL_KNOWN
        if not openid.is_allowed(url):
            raise forms.ValidationError(self.fields["discovery_url"].error_messages["invalid"])
        if len(url) > URL_MAX_LENGTH:
            raise forms.ValidationError(too_long(URL_MAX_LENGTH, len(url)))
        return url
