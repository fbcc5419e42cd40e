"""Tell a provider's own request from anybody else's, in a time that does not depend on how nearly right it is."""

import hashlib
import hmac
import re
import time

from django.conf import settings

# How old a signed request may be, and how far its clock may be ahead of ours.
OLDEST_SECONDS = 5 * 60
_SIGNATURE = re.compile(r"sha256=[0-9a-f]{64}")


def from_notify(authorization: str) -> bool:
    """Return whether the Authorization header of a request is that of our account at GOV.UK Notify."""
    token = settings.NOTIFY_CALLBACK_TOKEN
    return bool(token) and _same(authorization, f"Bearer {token}")


def from_service(timestamp: str, signature: str, body: bytes) -> bool:
    """Return whether the service of TEXT_HTTP_URL signed `body` at `timestamp`, within the last five minutes.

    The signature is "sha256=" and the HMAC-SHA256, in hexadecimal, of the timestamp in seconds, a full stop and the
    body.
    """
    secret = settings.TEXT_HTTP_SECRET
    if not secret or not re.fullmatch(r"[0-9]{1,12}", timestamp) or not _SIGNATURE.fullmatch(signature):
        return False
    if abs(time.time() - int(timestamp)) > OLDEST_SECONDS:
        return False
    return _same(signature, signed(secret, timestamp, body))


def signed(secret: str, timestamp: str, body: bytes) -> str:
    """Return the signature of `body` at `timestamp`."""
    made = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256)
    return f"sha256={made.hexdigest()}"


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))
