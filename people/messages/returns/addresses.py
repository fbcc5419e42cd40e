"""Give emails the names by which a report on them is known again."""

import re
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.crypto import salted_hmac

from people.messages.models import Notice

# Characters of our own part of a Message-ID and of a return address.
ID_LENGTH = 40
# The longest id of a mail service that is kept (`Message.provider_ref`).
LONGEST_REF = 120
MESSAGE_ID = re.compile(rf"<([0-9a-f]{{{ID_LENGTH}}})@")
RETURN_ADDRESS = re.compile(rf"\+([0-9a-f]{{{ID_LENGTH}}})@", re.IGNORECASE)


def ident(notice: Notice) -> str:
    """Return our own name of the email of a notice: always the same, and nobody can guess it who did not get it.

    A stranger who could guess it would make us believe that an email came back.
    """
    return salted_hmac("people.messages.returns", notice.key, algorithm="sha256").hexdigest()[:ID_LENGTH]


def message_id(notice: Notice) -> str:
    """Return the Message-ID of the email of a notice, the same should it ever go out twice."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"<{ident(notice)}@{host}>"


def return_path(notice: Notice) -> str:
    """Return the envelope sender of the email of a notice; "" where no mailbox for bounces is set."""
    if not settings.BOUNCE_ADDRESS or settings.MAIL_SERVICE:
        return ""
    if not settings.BOUNCE_ADDRESS_EACH:
        return settings.BOUNCE_ADDRESS
    local, _at, domain = settings.BOUNCE_ADDRESS.partition("@")
    return f"{local}+{ident(notice)}@{domain}"


def provider_ref(email: Any, notice: Notice) -> str:
    """Return the id by which reports on a sent `email` name it: that of the mail service, or our own over SMTP."""
    status = getattr(email, "anymail_status", None)
    if settings.MAIL_SERVICE and status is not None:
        return kept(status.message_id)
    return ident(notice)


def kept(ref: Any) -> str:
    """Return the id of a mail service as it is kept; "" where it gave none."""
    return str(ref)[:LONGEST_REF] if ref else ""
