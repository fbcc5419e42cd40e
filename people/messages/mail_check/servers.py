"""Look at the mail server that emails leave by, and at the way on which they come back."""

import smtplib
import ssl

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from people.messages.mail_check.findings import Finding
from people.messages.mail_check.records import is_address
from people.messages.returns import mailbox


def mail_server() -> list[Finding]:
    """Connect to the mail server as sending does, and say what it offers. Sends no email."""
    title = _("Mail server %(host)s:%(port)s") % {"host": settings.EMAIL_HOST, "port": settings.EMAIL_PORT}
    try:
        with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=settings.EMAIL_TIMEOUT) as server:
            server.ehlo()
            return [Finding(title, True, _("It answers.")), *_offers(server)]
    except (smtplib.SMTPException, OSError) as error:
        do = _("Check EMAIL_HOST and EMAIL_PORT, and that no firewall is between.")
        return [Finding(title, False, _("It cannot be reached: %s") % _words(error), do)]


def _offers(server: smtplib.SMTP) -> list[Finding]:
    found = [_encryption(server)]
    if settings.EMAIL_HOST_USER:
        found.append(_sign_in(server))
    size = server.esmtp_features.get("size", "").strip()
    if size.isdigit() and int(size):
        found.append(Finding(_("Largest email"), True, _("%s MB") % f"{int(size) / 1_000_000:.0f}"))
    return found


def _encryption(server: smtplib.SMTP) -> Finding:
    title = _("Encryption to the mail server")
    if not settings.EMAIL_USE_TLS:
        if settings.EMAIL_HOST in {"localhost", "127.0.0.1", "::1"}:
            return Finding(title, True, _("None, and none is needed: the mail server is on this machine."))
        do = _("Set EMAIL_USE_TLS=true.") if server.has_extn("starttls") else _("Use a mail server that offers TLS.")
        return Finding(title, False, _("None: emails and the password travel for everybody to read."), do)
    if not server.has_extn("starttls"):
        return Finding(
            title,
            False,
            _("EMAIL_USE_TLS is set, but the server does not offer STARTTLS, so nothing can be sent."),
            _("Check EMAIL_PORT: it is often 587."),
        )
    try:
        server.starttls(context=ssl.create_default_context())
        server.ehlo()
    except (smtplib.SMTPException, OSError) as error:
        return Finding(
            title,
            False,
            _("The server could not prove that it is %(host)s: %(why)s")
            % {"host": settings.EMAIL_HOST, "why": _words(error)},
            _("Use the name that its certificate is made for, and a certificate that is valid today."),
        )
    socket = server.sock
    version = socket.version() if isinstance(socket, ssl.SSLSocket) else ""
    return Finding(title, True, str(version))


def _sign_in(server: smtplib.SMTP) -> Finding:
    title = _("Signing in to the mail server")
    try:
        server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
    except (smtplib.SMTPException, OSError) as error:
        do = _("Check EMAIL_HOST_USER and EMAIL_HOST_PASSWORD.")
        return Finding(title, False, _("It did not let us in: %s") % _words(error), do)
    return Finding(title, True, _("It let us in. It offers: %s") % server.esmtp_features.get("auth", "").strip())


def way_back() -> Finding:
    """Say how this installation hears of emails that come back, and whether that works."""
    title = _("Emails that come back")
    if settings.MAIL_SERVICE:
        address = settings.SITE_URL + reverse("mail_report")
        sentence = _("%(service)s reports them. Check that its webhooks go to this address: %(address)s")
        return Finding(title, True, sentence % {"service": settings.MAIL_SERVICE, "address": address})
    if not settings.BOUNCE_IMAP_HOST:
        return Finding(
            title,
            False,
            _("Nobody is told of them: people whose address is wrong miss everything without a word."),
            _("Make a mailbox for them, and set BOUNCE_IMAP_HOST and what belongs to it."),
        )
    try:
        with mailbox.opened() as box:
            number = len(box.uids())
    except mailbox.PROBLEMS as error:
        do = _("Check BOUNCE_IMAP_HOST and what belongs to it.")
        return Finding(title, False, _("The mailbox cannot be read: %s") % _words(error), do)
    found = _("The mailbox %(address)s can be read. Emails that wait in it: %(number)s")
    return Finding(title, True, found % {"address": settings.BOUNCE_ADDRESS, "number": number})


def _words(error: Exception) -> str:
    """Return what a server said of its refusal, on one line."""
    said = getattr(error, "smtp_error", None) or error
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return " ".join(text.split())[:200] or type(error).__name__


def host_name() -> str:
    """Return the name of the mail server; "" where emails go through a service, or it is an IP address."""
    return "" if settings.MAIL_SERVICE or is_address(settings.EMAIL_HOST) else settings.EMAIL_HOST
