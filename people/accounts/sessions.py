"""Say how long sessions last, what is known of the browser, and whether a second factor was shown in them."""

import datetime as dt
import re
import time

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from people.accounts import rules
from people.accounts.models.sessions import Session
from people.accounts.session_store import SIGN_IN

# Where the answer to "is this your own phone or computer?" waits until the sign-in is complete.
OWN_DEVICE = "own_device"
# A sign of life is written at most this often, and a cookie made longer once a day.
TOUCH_EVERY = dt.timedelta(minutes=1)
RENEW_EVERY = dt.timedelta(days=1)
BROWSERS = (
    ("Edge", r"Edg(A|iOS)?/"),
    ("Opera", r"OPR/"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"(Firefox|FxiOS)/"),
    ("Chrome", r"(Chrome|CriOS)/"),
    ("Safari", r"Version/[\d.]+ .*Safari/"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Chromebook", "CrOS"),
    ("Mac", "Macintosh"),
    ("Linux", "Linux"),
)
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def lacks_second_factor(request):
    """Return whether the reader's roles need a second factor that this session lacks. False where none is required."""
    user = request.user
    if not settings.SECOND_FACTOR_REQUIRED or not user.is_authenticated or has_shown_second_factor(request):
        return False
    return rules.needs_second_factor(user)


def has_shown_second_factor(request):
    """Return whether a passkey, an app's code or a recovery code was given in this session. Asks no query."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def has_second_factor(user):
    """Return whether the account has a passkey or an app set up."""
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


@receiver(authenticator_added)
def set_up_in_this_session(sender, request, user, authenticator, **kwargs):
    """Count setting up a second factor as having shown it: nobody is asked for its code again a moment later."""
    if authenticator.type in FACTORS and request.user.is_authenticated and request.user.pk == user.pk:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type, reauthenticated=True)


@receiver(authenticator_removed)
def removed(sender, request, user, **kwargs):
    """Forget that a second factor was shown, once the last one is removed: they sign in again, or set one up."""
    if not has_second_factor(user):
        records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
            record for record in records if record.get("method") != "mfa"
        ]


@receiver(user_logged_in)
def begin(sender, request, user, **kwargs):
    """Record when this session began, and for whom its limits are. Without an answer the computer counts as shared."""
    own, work = bool(request.session.pop(OWN_DEVICE, False)), rules.needs_second_factor(user)
    device = device_of(request.META.get("HTTP_USER_AGENT", ""))
    request.session[SIGN_IN] = {"at": time.time(), "own": own, "work": work, "device": device}
    _set_cookie_length(request.session)


def device_of(user_agent):
    """Name the browser and system of `user_agent` in words such as "Firefox, Windows"; empty when neither is known."""
    names = (
        next((name for name, mark in marks if re.search(mark, user_agent[:400])), "") for marks in (BROWSERS, SYSTEMS)
    )
    return ", ".join(filter(None, names))


def touch(request, now):
    """Record that this session is in use, and whether its user's roles have come to need the short limits.

    At most once a minute; of its row alone, so that two requests at once never undo what the other wrote.
    """
    row = request.session.row
    if row is None or row.user_id is None or now - row.seen_at < TOUCH_EVERY:
        return
    row.seen_at = now
    Session.objects.filter(pk=row.pk).update(seen_at=now)
    work = rules.needs_second_factor(request.user)
    if work != row.work:
        row.work = work
        request.session[SIGN_IN] = {**request.session[SIGN_IN], "work": work}
        _set_cookie_length(request.session)
    elif row.idle is None and row.expire_date - now < dt.timedelta(seconds=settings.SESSION_COOKIE_AGE) - RENEW_EVERY:
        request.session.modified = True


def say_whose_device(request, own):
    """Record whether this session is on its user's own phone or computer."""
    request.session[SIGN_IN] = {**request.session[SIGN_IN], "own": own}
    _set_cookie_length(request.session)


def _set_cookie_length(session):
    sign_in = session[SIGN_IN]
    # Zero: until the browser is closed.
    session.set_expiry(None if sign_in["own"] and not sign_in["work"] else 0)
