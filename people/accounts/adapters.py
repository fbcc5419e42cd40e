"""Fit allauth's sign-in to our accounts: addresses we know, no sign-up, messages in our words."""

import logging
import smtplib
import uuid

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.account.signals import email_changed
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from people import registry
from people.accounts import reauthentication, rules, sharing, sign_in_limits, single_sign_on
from people.accounts import sessions as account_sessions
from people.accounts.actions import accounts, sessions
from people.directory import actions as person_actions
from people.directory.queries import tell_apart
from people.messages.telling import tell
from wellbeing.lib import crypto

logger = logging.getLogger(__name__)

# The errors of Django's mail backends and the providers' when a message cannot be handed over.
MAIL_ERRORS = (smtplib.SMTPException, OSError)


# Messages somebody can cause without being signed in, and the limit each goes by.
LIMITED_MAIL = {
    "account/email/login_code": "code",
    "account/email/password_reset_key": "reset",
    "account/email/unknown_account": "unknown",
}


class AccountAdapter(DefaultAccountAdapter):
    """Accounts by email. People are added by staff; nobody signs up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "duplicate_email": _("This is the address you have now."),
        "email_password_mismatch": _("The email address or the password is not right."),
        "enter_current_password": _("Enter the password you have now."),
        "incorrect_code": _("That code is not right. Look again at the newest message."),
        "incorrect_password": _("That password is not right."),
        "password_rests": _("Your password cannot be used for a while. Get a code by email instead."),
        "rate_limited": _("That was a lot of tries. Wait a few minutes, then try again."),
        "too_many_login_attempts": _("That was a lot of tries. Wait a few minutes, then try again."),
    }

    def is_open_for_signup(self, request):
        """Return False: staff add everybody who needs a way in."""
        return False

    def pre_login(self, request, user, **kwargs):
        """Keep what a passkey's form says of the phone or computer, for `people.accounts.sessions.begin`.

        Colleagues who must sign in by their organisation are led there.
        """
        if "device" in request.POST:
            request.session[account_sessions.OWN_DEVICE] = request.POST["device"] == "own"
        return super().pre_login(request, user, **kwargs) or self._sent_to_organisation(request, user, **kwargs)

    def _sent_to_organisation(self, request, user, *, signal_kwargs=None, **kwargs):
        """Return the page for a colleague who has to sign in by their organisation and did not; None for others."""
        if (signal_kwargs or {}).get(rules.SIGNED_IN_BY_ORGANISATION):
            return None
        provider = single_sign_on.provider_at(request, user.mailbox)
        if not rules.must_use_single_sign_on(user, provider):
            return None
        # The steps they showed already were for this way of signing in alone.
        clear_login(request)
        context = {"provider": provider, "address": user.mailbox, "next_url": kwargs.get("redirect_url")}
        return render(request, "people/accounts/single_sign_on/must.html", context)

    def is_reauthentication_required(self, *, app, **kwargs):
        """Ask on the libraries' pages by the same rule as on ours."""
        return not reauthentication.has_proved_recently(self.request)

    def get_reauthentication_methods(self, user):
        """Return the ways to prove who they are, the best first."""
        return reauthentication.ways(user) if user.is_authenticated else []

    def add_message(self, request, level, message_template=None, message_context=None, **kwargs):
        """Say on the next page what the library has to say, but nothing about a name that is nobody's address."""
        if not any(sharing.is_name(str(value)) for value in (message_context or {}).values()):
            super().add_message(request, level, message_template, message_context, **kwargs)

    def format_email_subject(self, subject):
        """Return the subject alone: our name is in the sender."""
        return str(subject)

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Count wrong passwords by address and visitor, so that a stranger's do not count for the owner."""
        return f"{self.get_client_ip(request)}:{super()._get_login_attempts_cache_key(request, **credentials)}"

    def pre_authenticate(self, request, **credentials):
        """Let an address's password rest after many tries from anywhere; codes still work.

        Otherwise check as allauth does.
        """
        if not sign_in_limits.password_is_open(request, credentials.get("email", "").lower()):
            raise self.validation_error("password_rests")
        super().pre_authenticate(request, **credentials)

    def send_mail(self, template_prefix, email, context):
        """Send a code at once, past the messages that are kept: the reader is waiting, and codes are not kept.

        Within the limits of `sign_in_limits`. When the mail server does not take it, the answer is a page that says
        so and what to do.
        """
        kind = LIMITED_MAIL.get(template_prefix)
        account = self._account(email, context)
        # The library may know the reader by a name that no mail server has.
        mailbox = account.mailbox if account and sharing.is_name(email) else email
        if kind == "code" and account:
            provider = single_sign_on.provider_at(self.request, mailbox)
            if provider and rules.must_use_single_sign_on(account, provider):
                # Told in their mailbox alone: the page is the same for everybody of the domain.
                template_prefix, context = "account/email/single_sign_on", {"provider": provider.name}
        codes = self._codes(account, context["code"]) if account and "code" in context and kind == "code" else []
        context = {**context, "codes": [(user.person.name_in_list, code) for user, code in codes]}
        try:
            if kind is None:
                self._send_now(template_prefix, mailbox, context, account)
                return
            with sign_in_limits.mail_about_signing_in(self.request, mailbox.lower(), kind) as allowed:
                if allowed:
                    self._send_now(template_prefix, mailbox, context, account)
            if allowed:
                for user, code in codes:
                    sign_in_limits.remember_code(user, code)
        except MAIL_ERRORS as error:
            logger.error("A sign-in message could not be sent: %s", type(error).__name__)
            again = self.request.get_full_path() if self.request.user.is_authenticated else ""
            response = render(self.request, "account/mail_unavailable.html", {"again": again}, status=503)
            raise ImmediateHttpResponse(response) from error

    def _account(self, email, context):
        """Return whose account a message to `email` is about; None for nobody's."""
        reader = self.request.user
        if context.get("user"):
            return context["user"]
        if reader.is_authenticated:
            return reader if reader.email.lower() == email.lower() else None
        return sharing.account_called(email)

    def _codes(self, account, code):
        """Return [(account, code)] of those who sign in at the address of `account`, to which `code` belongs."""
        codes = [(account, code), *((other, self.generate_login_code()) for other in sharing.others_at(account))]
        tell_apart([user.person for user, _code in codes])
        return codes

    def _send_now(self, template_prefix, email, context, account):
        message = self.render_mail(template_prefix, email, self._context(email, context))
        # A message with a code for each names them all.
        theirs = account and email.lower() == account.mailbox.lower()
        if theirs and len(context["codes"]) < 2 and sharing.others_at(account):
            message.subject = _now("For %(name)s: %(subject)s") % {
                "name": account.get_full_name(),
                "subject": message.subject,
            }
        message.send()

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """Tell the owner of an account about a change to it. Nobody waits for this one, so a worker sends it."""
        email = email or user.mailbox
        context = {"timestamp": timezone.now(), "name": user.get_full_name(), **(context or {})}
        # The address before was shared: who reads it is not told where the person is now.
        left = getattr(self.request, "left_shared_address", "")
        if sharing.is_name(email) or (left and email.lower() == left):
            email, context = left, {**context, "to_email": ""}
        message = self.render_mail(template_prefix, email, self._context(email, context))
        tell(
            user.person,
            "account",
            key=f"account:{user.pk}:{uuid.uuid4()}",
            subject=message.subject,
            text=message.body,
            html=next((alternative.content for alternative in message.alternatives), ""),
            to=email,
        )

    def _context(self, email, context):
        return {
            "request": self.request,
            "email": email,
            "service_name": settings.SERVICE_NAME,
            "site_url": settings.SITE_URL,
            "minutes": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60,
            **(context or {}),
        }


class SecondStepAdapter(DefaultMFAAdapter):
    """The second step, in our words."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That code is not right. Look at your app again: it shows a new one every half minute."),
        "unverified_email": _("First sign out, and sign in again with a code from your email."),
    }

    def encrypt(self, text):
        """Encrypt the secrets of apps and spare codes under the keys of bank details."""
        return crypto.encrypt(text)

    def decrypt(self, encrypted_text):
        return crypto.decrypt(encrypted_text)

    def generate_authenticator_name(self, user, type):
        """Name a passkey "My passkey", then "My passkey 2" and so on, until the reader finds a better name."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _now("My passkey") if number == 1 else _now("My passkey %s") % number


@receiver(user_logged_in)
def tell_signed_in(sender, request, user, **kwargs):
    """Let the apps above know: signing in has proved that the address is theirs."""
    for hear in registry.signed_in:
        hear(user)


@receiver(email_changed)
def person_follows_account(sender, request, user, to_email_address, **kwargs):
    """Write a newly proved address onto its person, and end the account's other sessions.

    Somebody who leaves a shared address loses what could have been set from there: a password and second steps.
    """
    email = to_email_address.email
    if sharing.is_name(email):
        return
    before = user.person
    address, shared = before.email.lower(), before.shares_address and before.email.lower() != email.lower()
    person_actions.follow_account(user=user, email=email, by=user)
    if shared:
        accounts.leave_nothing_set(user=user, by=user)
        # Without this the reader's own session would end with the password.
        update_session_auth_hash(request, user)
        accounts.settle(address=address, by=user)
        request.left_shared_address = address
    sessions.end_all(user=user, by=user, but=request.session.session_key)
