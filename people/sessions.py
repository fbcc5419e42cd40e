"""Whether whoever is signed in has shown a second factor in this session."""

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.conf import settings
from django.dispatch import receiver

from people import rules

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def lacks_second_factor(request):
    """Whether the reader's roles need a second factor that this session has not seen. False where none is required."""
    user = request.user
    if not settings.SECOND_FACTOR_REQUIRED or not user.is_authenticated or has_shown_second_factor(request):
        return False
    return rules.needs_second_factor(user)


def has_shown_second_factor(request):
    """Whether a passkey, an app's code or a recovery code was given in this session. Asks no query."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def has_second_factor(user):
    """Whether the account has a passkey or an app set up."""
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


@receiver(authenticator_added)
def set_up_in_this_session(sender, request, user, authenticator, **kwargs):
    """Setting one up means having just used it: nobody is asked for its code again a moment later."""
    if authenticator.type in FACTORS and request.user.is_authenticated and request.user.pk == user.pk:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type, reauthenticated=True)


@receiver(authenticator_removed)
def removed(sender, request, user, **kwargs):
    """Whoever removes the last one has none any more, in this session too: they sign in again, or set one up."""
    if not has_second_factor(user):
        records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
            record for record in records if record.get("method") != "mfa"
        ]
