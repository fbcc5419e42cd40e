"""Clients that have just proved who they are, clients whose proof is long ago, and the code an app shows."""

import time

from allauth.mfa import app_settings
from allauth.mfa.totp.internal import auth as totp

RECORDS = "account_authentication_methods"


def prove(client, user, method="code"):
    """Let the session of `client`, signed in as `user`, have proved just now who it is; `method` may be "mfa"."""
    session = client.session
    session[RECORDS] = [{"method": method, "at": time.time()}]
    session[f"{RECORDS}_user"] = str(user.pk)
    session.save()


def make_stale(client, seconds=24 * 60 * 60):
    """Let every proof in the session of `client` be `seconds` older than it is."""
    session = client.session
    session[RECORDS] = [{**record, "at": record["at"] - seconds} for record in session[RECORDS]]
    session.save()


def app_code(secret, seconds_left=2):
    """The code an app with this `secret` shows now.

    A code ends with its half minute. Waits for the next one when less than `seconds_left` of it are left, so that the
    code still counts when it arrives.
    """
    left = app_settings.TOTP_PERIOD - time.time() % app_settings.TOTP_PERIOD
    if left < seconds_left:
        time.sleep(left)
    return totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))
