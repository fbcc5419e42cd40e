"""Look at everything that emails of this installation need to arrive."""

from collections.abc import Callable, Iterable
from email.utils import parseaddr

from django.conf import settings
from django.utils.translation import gettext as _

from people.messages.mail_check import records, servers
from people.messages.mail_check.findings import Finding
from people.messages.mail_check.names import Names, NoAnswerError

SMTP = "django.core.mail.backends.smtp.EmailBackend"


def look(names: Names, *, address: str = "") -> list[Finding]:
    """Return a Finding for each thing that emails need, in the order to put them right.

    `address` is the IP address that emails leave from, where that is not the mail server's own.
    """
    domain, back = _domain_of(settings.DEFAULT_FROM_EMAIL), _domain_of(settings.BOUNCE_ADDRESS)
    host = servers.host_name()
    found: list[Finding] = []
    if not settings.MAIL_SERVICE:
        if settings.EMAIL_BACKEND != SMTP:
            sentence = _("EMAIL_BACKEND is %s, which sends no emails.") % settings.EMAIL_BACKEND
            do = _("Leave EMAIL_BACKEND empty to send over SMTP.")
            found.append(Finding(_("Sending"), False, sentence, do))
        found += servers.mail_server()
    found.append(servers.way_back())
    asked: list[Callable[[], Finding | Iterable[Finding]]] = [
        lambda: records.spf(names, back or domain, host),
        lambda: records.dkim(names, domain, settings.DKIM_SELECTORS),
        lambda: records.dmarc(names, domain),
        lambda: records.replies(names, domain, _("answers to emails")),
    ]
    if back and back != domain:
        asked.append(lambda: records.replies(names, back, _("emails that come back")))
    if not settings.MAIL_SERVICE:
        asked.append(lambda: records.reverse_name(names, settings.EMAIL_HOST, address))
    for ask in asked:
        found += _answered(ask)
    return found


def _answered(ask: Callable[[], Finding | Iterable[Finding]]) -> list[Finding]:
    try:
        answer = ask()
    except NoAnswerError as error:
        do = _("Check the network of this machine, or ask another name server with --nameserver.")
        return [Finding(_("DNS"), False, _("No name server answered the question about %s.") % error, do)]
    return [answer] if isinstance(answer, Finding) else list(answer)


def _domain_of(address: str) -> str:
    return parseaddr(address)[1].rpartition("@")[2].lower()
