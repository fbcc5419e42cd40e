"""Limit signing in so that an attacker is stopped and never the owner of an address.

Counted by address alone, a limit lets a stranger use it up. So an address alone never closes the page; it only slows
down the mail, and a code that was mailed for it works in any browser it is typed in, for anyone who reads the mailbox.
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
    """Count a message to an address we know. Return its usage, or None where a limit is reached.

    One message every few minutes goes out whatever happened before; more of them by who asks, and slowly in all.
    """
    usage = _count(request, f"{kind}_mail_first", email)
    if usage is None:
        usage = _both(request, (f"{kind}_mail", f"{ratelimit.get_ip(request)}:{email}"), (f"{kind}_mail_all", email))
    return usage


def _unknown(request, email):
    """Count a message to an address we do not know: one a day for each, and a few an hour for each visitor."""
    return _both(request, ("unknown_mail_each", email), ("unknown_mail", email))


def _both(request, first, second):
    """Count two limits, each (action, key), and return the usage of both.

    Where one is reached, count nothing and return None.
    """
    usage = _count(request, *first)
    if usage is None:
        return None
    second_usage = _count(request, *second)
    if second_usage is None:
        usage.rollback()
        return None
    usage.usage += second_usage.usage
    return usage


def _count(request, action, key):
    return ratelimit.consume(request, app="allauth.account", action=action, key=key)


def password_is_open(request, email):
    """Return whether a password may be tried for `email`; signing in by code is open all the same. Counts one try."""
    return _count(request, "password_tries", email) is not None


def remember_code(user, code):
    """Let `code`, which was just mailed to the mailbox of `user`, sign them in from any browser that asked for it."""
    cache.set(_key("out", user, code), 1, settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)


def take_code(user, typed, own):
    """Return whether `typed` signs in `user`, once only.

    It may be `own`, the code of this browser, or any that was mailed to their mailbox lately. Codes that went to a
    mailbox they had before do not count.
    """
    right = compare_user_code(actual=typed, expected=own or "") or cache.get(_key("out", user, typed))
    # Adding is one step for all processes: of two who type the same code at once, one signs in.
    return bool(right) and cache.add(_key("spent", user, typed), 1, settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)


def _key(what, user, code):
    whose = f"{user.pk} {user.mailbox.lower()}"
    return f"sign-in:{what}:{blind_index(f'{whose} {normalize_user_code(code).upper()}')}"
