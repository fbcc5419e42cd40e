"""Sign in: an email address is enough; the code sent there does the rest."""

import re
import unicodedata

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.base import forms as step_forms
from allauth.mfa.totp import forms as app_forms
from allauth.mfa.webauthn import forms as passkey_forms
from django import forms
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from people.accounts import sessions, sharing, sign_in_limits, single_sign_on
from people.accounts.actions import accounts
from wellbeing.forms.choices import Radios
from wellbeing.lib.texts import EmailBox, LineBox


class _EmailField(EmailBox):
    """An address, in small letters, with the help phones give."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Your email address"))
        kwargs.setdefault("widget", forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}))
        kwargs.setdefault("error_messages", {"invalid": _("Enter an email address, like name@example.org")})
        super().__init__(**kwargs)

    def clean(self, value):
        return super().clean(value).lower()


def _device_field():
    return forms.ChoiceField(
        label=_("Is this your own phone or computer?"),
        required=False,
        choices=[("own", _("Yes, it is my own")), ("shared", _("No, other people use it too"))],
        widget=Radios(
            hints={
                "own": _("You stay signed in for two weeks after you last used it."),
                "shared": _("We will sign you out when you close the browser, or if you do nothing for a while."),
            }
        ),
        help_text=_("If you do not choose, we will treat it as shared."),
    )


class SignInForm(allauth_forms.LoginForm):
    """The email address alone, for a code; with `with=password` in the address or the form, a password too."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"] = _EmailField()
        self.fields["device"] = _device_field()
        self.fields["device"].hide_optional = True
        self.with_password = "password" in (self.data.get("with"), self._asked_in_address())
        self.fields.pop("password", None)
        self.fields.pop("remember", None)
        if self.with_password:
            self.fields["password"] = forms.CharField(
                label=_("Your password"),
                max_length=1000,
                strip=False,
                widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
            )
            self.order_fields(["login", "password", "device"])
            self.fields["with"] = forms.CharField(max_length=20, widget=forms.HiddenInput, initial="password")

    def _asked_in_address(self):
        return self.request.GET.get("with") if self.request else None

    def clean_login(self):
        """Make the account of somebody staff have added, the first time they ask for a code."""
        email = super().clean_login()
        accounts.account_for(email=email, by=None)
        return email

    def clean(self):
        """Check as allauth does. After the password the account is known: go on by the name allauth has for it."""
        cleaned = super().clean()
        if not self.errors and self.with_password:
            self._login.email = self.user.email
        return cleaned

    def login(self, request, redirect_url=None):
        """Sign in as allauth does; keep the answer about the phone or computer until the sign-in is complete.

        Where the organisation of the address has single sign-on, that is offered first, whoever the address belongs to.
        """
        own = self.cleaned_data.get("device") == "own"
        request.session[sessions.OWN_DEVICE] = self.cleaned_data["remember"] = own
        address = self.cleaned_data["login"]
        provider = None if self.with_password else single_sign_on.provider_at(request, address)
        single_sign_on.remember_whom_colleagues_use(request, provider)
        if provider is None or self.data.get("with") == "code":
            return super().login(request, redirect_url)
        context = {"provider": provider, "address": address, "next_url": redirect_url, "own": own}
        return render(request, "people/accounts/single_sign_on/offer.html", context)


class RequestCodeForm(allauth_forms.RequestLoginCodeForm):
    """Asking for a code, where allauth sends people who need a new one."""

    email = _EmailField()

    def clean_email(self):
        """Make the account of somebody staff have added, then check as allauth does."""
        accounts.account_for(email=self.cleaned_data["email"], by=None)
        return super().clean_email()


class ForgottenPasswordForm(allauth_forms.ResetPasswordForm):
    """A forgotten password. People who share an address get a link each."""

    email = _EmailField()

    def clean_email(self):
        """Find the accounts of the address, as allauth does and those it knows by another name."""
        email = super().clean_email()
        self.users = [user for user in sharing.accounts_at(email) if user.is_active]
        return email


_FIGURES = {
    "autocomplete": "one-time-code",
    "inputmode": "numeric",
    "spellcheck": "false",
    "class": "govuk-input--width-10",
}
# Spare codes have letters, too.
_FIGURES_OR_LETTERS = {**_FIGURES, "inputmode": "text"}
_NINE_FIGURES = _("9 digits. You can leave out the dashes.")
_BETWEEN = re.compile(r"[\W_]+")


class CodeBox(LineBox):
    """A code as it is typed or pasted: what stands between its figures (spaces, hyphens of any kind) is dropped."""

    def __init__(self, **kwargs):
        super().__init__(
            **{"label": _("The code"), "max_length": 50, "widget": forms.TextInput(attrs=_FIGURES), **kwargs}
        )

    def to_python(self, value):
        # Phones set to other languages type figures of another width.
        value = unicodedata.normalize("NFKC", value) if isinstance(value, str) else value
        return _BETWEEN.sub("", super().to_python(value))


class ConfirmCodeForm(allauth_forms.ConfirmLoginCodeForm):
    """The code from the message."""

    code = CodeBox(help_text=_NINE_FIGURES)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # The page asks for nothing else. After a mistake the summary of errors gets the cursor.
        if not self.is_bound:
            self.fields["code"].widget.attrs["autofocus"] = True

    def clean_code(self):
        """Accept the code of this browser, or any that was mailed to the same address lately. Each works once."""
        typed, stage = self.cleaned_data["code"], context.request._login_stage
        # Somebody whose address changed since is not among those who sign in at the one that was typed.
        for user in sharing.accounts_at(stage.state["email"]) if stage.login.user else ():
            own = self.expected_code if user == stage.login.user else ""
            if user.is_active and sign_in_limits.take_code(user, typed, own):
                self.account = user
                return typed
        raise get_adapter().validation_error("incorrect_code")


class ConfirmAddressForm(allauth_forms.ConfirmEmailVerificationCodeForm):
    """The code from the message to a new address."""

    code = CodeBox(help_text=_NINE_FIGURES)


class ProofCodeForm(allauth_forms.BaseConfirmCodeForm):
    """The code from the message, for somebody who is signed in and asked again."""

    code = CodeBox(help_text=_NINE_FIGURES)


class SecondStepForm(step_forms.AuthenticateForm):
    """The code of the app, or a spare code, when signing in."""

    code = CodeBox(widget=forms.TextInput(attrs=_FIGURES_OR_LETTERS))


class SecondStepAgainForm(step_forms.ReauthenticateForm):
    """The same, before something about the account is changed."""

    code = CodeBox(widget=forms.TextInput(attrs=_FIGURES_OR_LETTERS))


class SetUpAppForm(app_forms.ActivateTOTPForm):
    """The first code of a new app."""

    code = CodeBox(label=_("The code that the app shows"))

    @property
    def secret_in_fours(self):
        """Return the secret as one types it, four letters at a time. Apps take it with or without the spaces."""
        return " ".join(self.secret[start : start + 4] for start in range(0, len(self.secret), 4))


class AddPasskeyForm(passkey_forms.AddWebAuthnForm):
    """A new passkey. Unless the reader unticks it, it signs them in by itself, with nothing else to type."""

    name = LineBox(label=_("A name for it, such as “My phone”"), max_length=100, required=False)
    passwordless = forms.BooleanField(
        label=_("Sign in with this passkey alone"),
        required=False,
        initial=True,
        help_text=_("Leave this ticked, unless it is a key without a button for a fingerprint or PIN."),
    )


class NamePasskeyForm(passkey_forms.EditWebAuthnForm):
    """Another name for a passkey."""

    name = LineBox(label=_("A name for it, such as “My phone”"), max_length=100)


class ChangeEmailForm(allauth_forms.AddEmailForm):
    """A new address to sign in with. It counts once the code sent to it comes back.

    For an address that another account has, a message goes out instead of a code; the page is the same, and tells
    nobody.
    """

    email = _EmailField(label=_("Your new email address"))
