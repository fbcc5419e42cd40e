"""Limits of signing in that stop an attacker and never the owner of an address.

Counted by address alone, a limit lets a stranger use it up. So an address alone never closes the page; it only slows
down the mail, and a code that was mailed for it works in whichever browser it is typed, for whoever reads the mailbox.
Numbers are in settings.ACCOUNT_RATE_LIMITS.
"""

from contextlib import contextmanager

from allauth.core.internal import ratelimit
from allauth.core.internal.cryptokit import compare_user_code, normalize_user_code
from django.conf import settings
from django.core.cache import cache
from django.core.mail import get_connection

from wellbeing.lib.crypto import blind_index


@contextmanager
def mail_about_signing_in(request, email, kind):
    """Yield whether a message of `kind` ("code", "reset" or "unknown") to `email` may go out now.

    Where it may not, the mail server is greeted all the same: a stranger cannot tell by the time it takes, or by a
    server that is down, whether we know the address. An error inside the block gives back what was counted.
    """
    usage = _unknown(request, email) if kind == "unknown" else _known(request, email, kind)
    try:
        if usage is None:
            connection = get_connection()
            connection.open()
            connection.close()
        yield usage is not None
    except Exception:
        if usage:
            usage.rollback()
        raise


def _known(request, email, kind):
    """One message every few minutes goes out whatever happened before; more of them by who asks, and slowly in all."""
    usage = _count(request, f"{kind}_mail_first", email)
    if usage is None:
        usage = _both(request, (f"{kind}_mail", f"{ratelimit.get_ip(request)}:{email}"), (f"{kind}_mail_all", email))
    return usage


def _unknown(request, email):
    """An address we do not know is written to once a day; and one visitor causes a few such messages an hour."""
    return _both(request, ("unknown_mail_each", email), ("unknown_mail", email))


def _both(request, first, second):
    """Count two limits, each (action, key): the usage of both, or None, with nothing counted, where one is reached."""
    usage = _count(request, *first)
    if usage is None:
        return None
    together = _count(request, *second)
    if together is None:
        usage.rollback()
        return None
    usage.usage += together.usage
    return usage


def _count(request, action, key):
    return ratelimit.consume(request, app="allauth.account", action=action, key=key)


def password_is_open(request, email):
    """Whether a password may be tried for `email`; signing in by code is open all the same. Counts one try."""
    return _count(request, "password_tries", email) is not None


def remember_code(email, code):
    """Let `code`, which was just mailed to `email`, sign in from any browser that asked for this address."""
    cache.set(_key("out", email, code), 1, settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)


def take_code(email, typed, own):
    """Whether `typed` signs in with `email`: `own`, the code of this browser, or any mailed there lately. Once only."""
    known = compare_user_code(actual=typed, expected=own or "") or cache.get(_key("out", email, typed))
    # Adding is one step for all processes: of two who type the same code at once, one signs in.
    return bool(known) and cache.add(_key("spent", email, typed), 1, settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)


def _key(what, email, code):
    return f"sign-in:{what}:{blind_index(f'{email.lower()} {normalize_user_code(code).upper()}')}"
