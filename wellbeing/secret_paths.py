"""Mask addresses that are keys: anyone who reads one in a log could use it. Everything that writes a path masks them.

A test walks the URL conf and fails when an address takes a token, key or the like and is not listed here.
"""

import re

# The part of the path before the secret, and the names of the addresses that begin with it.
SECRET_PATHS = {
    "/n/": {"notice_by_link"},
    "/4pi/": {"review_answer", "review_answered"},
    "/needs/": {"needs_link"},
    "/how-was-it/": {"feedback_answer", "feedback_answered"},
    "/r/": {"reply", "reply_done", "reply_place", "event_calendar"},
    "/calendars/": {"calendar_feed"},
    "/emails/stop/": {"stop_emails"},
    "/addresses/link/": {"address_link"},
    "/appointments/link/": {"appointment_link"},
    "/joining/link/": {"joining_link"},
    "/accounts/password/reset/key/": {"account_reset_password_from_key"},
    # Not served while addresses are proved by code; links in messages from before lead here.
    "/accounts/confirm-email/": {"account_confirm_email"},
}


def _either(path):
    """Return a pattern for `path` as it is, or with its slashes encoded, as in a `next` of another address."""
    return re.escape(path).replace("/", "(?:/|%2F)")


_SECRET = re.compile(rf"({'|'.join(map(_either, SECRET_PATHS))})[^/?&#%\s\"'<>]+", re.IGNORECASE)


def mask(text):
    """Replace the secret of every such path in `text` by three stars. Takes time in proportion to its length."""
    return _SECRET.sub(r"\1***", text)
