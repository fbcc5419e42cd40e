"""Email: how what happens to it is heard of afterwards. See docs/deploy.md, "Email"."""

import os
import re

from django.core.exceptions import ImproperlyConfigured

from .environment import PRODUCTION
from .work import EMAIL_BACKEND

# A mail service's own settings, as django-anymail names them: ANYMAIL_POSTMARK_SERVER_TOKEN and so on.
ANYMAIL = {
    name.removeprefix("ANYMAIL_"): {"true": True, "false": False}.get(value, value)
    for name, value in os.environ.items()
    if name.startswith("ANYMAIL_") and value
}
# Besides what it sends with, each service needs what proves that a report is its own: a signing key, or the name and
# password that it shows at our address (WEBHOOK_SECRET).
_NEEDED = {
    "brevo": ("BREVO_API_KEY", "WEBHOOK_SECRET"),
    "mailersend": ("MAILERSEND_API_TOKEN", "MAILERSEND_SIGNING_SECRET"),
    "mailgun": ("MAILGUN_API_KEY", "MAILGUN_WEBHOOK_SIGNING_KEY"),
    "mailjet": ("MAILJET_API_KEY", "MAILJET_SECRET_KEY", "WEBHOOK_SECRET"),
    "mailtrap": ("MAILTRAP_API_TOKEN", "MAILTRAP_TRACKING_SECRET"),
    "mandrill": ("MANDRILL_API_KEY", "MANDRILL_WEBHOOK_KEY"),
    "postal": ("POSTAL_API_URL", "POSTAL_API_KEY", "POSTAL_WEBHOOK_KEY"),
    "postmark": ("POSTMARK_SERVER_TOKEN", "WEBHOOK_SECRET"),
    "resend": ("RESEND_API_KEY", "WEBHOOK_SECRET"),
    "sparkpost": ("SPARKPOST_API_KEY", "WEBHOOK_SECRET"),
}
# A password that is guessed lets a stranger say that somebody's address does not work.
_SHORTEST_SECRET = 24
_named = re.fullmatch(r"anymail\.backends\.(\w+)\.EmailBackend", EMAIL_BACKEND)
# The mail service that sends our emails and reports on them; empty where a mail server does, over SMTP.
MAIL_SERVICE = _named[1] if _named else ""
if MAIL_SERVICE and MAIL_SERVICE not in _NEEDED:
    raise ImproperlyConfigured(
        f"EMAIL_BACKEND names {MAIL_SERVICE}, whose reports of emails that come back cannot be taken. Use one of "
        f"{', '.join(_NEEDED)}, or the SMTP server of that service. See docs/deploy.md."
    )
for _name in _NEEDED.get(MAIL_SERVICE, ()):
    if not ANYMAIL.get(_name):
        raise ImproperlyConfigured(
            f"ANYMAIL_{_name} is not set. EMAIL_BACKEND={EMAIL_BACKEND} needs it: see docs/deploy.md."
        )
_user, _colon, _password = str(ANYMAIL.get("WEBHOOK_SECRET", "")).partition(":")
if "WEBHOOK_SECRET" in ANYMAIL and not (_user and len(_password) >= _SHORTEST_SECRET):
    raise ImproperlyConfigured(
        "ANYMAIL_WEBHOOK_SECRET must be a name, a colon and a password of "
        f"{_SHORTEST_SECRET} characters or more, made by chance."
    )

# Over SMTP emails that come back go to a mailbox of their own, which a worker reads over IMAP.
BOUNCE_IMAP_HOST = os.environ.get("BOUNCE_IMAP_HOST", "")
BOUNCE_IMAP_PORT = int(os.environ.get("BOUNCE_IMAP_PORT", "993"))
# "tls" from the first byte, "starttls" after the greeting; "none" only where nothing is real.
BOUNCE_IMAP_SECURITY = os.environ.get("BOUNCE_IMAP_SECURITY", "tls")
BOUNCE_IMAP_USER = os.environ.get("BOUNCE_IMAP_USER", "")
BOUNCE_IMAP_PASSWORD = os.environ.get("BOUNCE_IMAP_PASSWORD", "")
BOUNCE_IMAP_FOLDER = os.environ.get("BOUNCE_IMAP_FOLDER", "INBOX")
# Where read reports go, and those nobody understood. Made where they are missing.
BOUNCE_READ_FOLDER = os.environ.get("BOUNCE_READ_FOLDER", "Read")
BOUNCE_LEFT_FOLDER = os.environ.get("BOUNCE_LEFT_FOLDER", "Not understood")
BOUNCE_IMAP_TIMEOUT_SECONDS = 30
# The address of that mailbox: the envelope sender of every email.
BOUNCE_ADDRESS = os.environ.get("BOUNCE_ADDRESS") or (BOUNCE_IMAP_USER if "@" in BOUNCE_IMAP_USER else "")
# Whether each email gets a return address of its own, such as bounces+1f2e…@example.org. The mailbox must take them.
BOUNCE_ADDRESS_EACH = os.environ.get("BOUNCE_ADDRESS_EACH", "false") == "true"

_BOUNCE = ("BOUNCE_IMAP_HOST", "BOUNCE_IMAP_USER", "BOUNCE_IMAP_PASSWORD", "BOUNCE_ADDRESS")
if any(globals()[_name] for _name in _BOUNCE):
    for _name in _BOUNCE:
        if not globals()[_name]:
            raise ImproperlyConfigured(f"{_name} is not set. The mailbox for bounces needs it: see docs/deploy.md.")
    if MAIL_SERVICE:
        raise ImproperlyConfigured(
            f"BOUNCE_IMAP_HOST is set, but {MAIL_SERVICE} reports bounces itself. Leave out one of the two."
        )
    if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", BOUNCE_ADDRESS):
        raise ImproperlyConfigured("BOUNCE_ADDRESS must be one email address, such as bounces@example.org.")
    # A local part has 64 characters at most (RFC 5321, 4.5.3.1.1); our part of it is a plus and 40.
    if BOUNCE_ADDRESS_EACH and len(BOUNCE_ADDRESS.partition("@")[0]) > 23:
        raise ImproperlyConfigured("With BOUNCE_ADDRESS_EACH, BOUNCE_ADDRESS has 23 characters at most before its @.")
if BOUNCE_IMAP_SECURITY not in {"tls", "starttls", "none"}:
    raise ImproperlyConfigured(f"BOUNCE_IMAP_SECURITY must be tls or starttls, not {BOUNCE_IMAP_SECURITY!r}.")
if BOUNCE_IMAP_HOST and BOUNCE_IMAP_SECURITY == "none" and PRODUCTION:
    raise ImproperlyConfigured("BOUNCE_IMAP_SECURITY is none: the password of the mailbox would travel in clear.")

# Names under which the mail server signs (DKIM selectors), for `manage.py check_mail`: commas between them.
DKIM_SELECTORS = [name.strip() for name in os.environ.get("DKIM_SELECTORS", "").split(",") if name.strip()]
