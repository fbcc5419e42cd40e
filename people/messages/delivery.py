"""Send the emails that wait: each is taken, sent and settled by itself, see `people.messages.settling`."""

import logging
import re
import smtplib
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from anymail.exceptions import AnymailError, AnymailInvalidAddress, AnymailRecipientsRefused
from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends import smtp
from django.core.mail.message import sanitize_address
from django.utils.html import escape
from django.utils.translation import gettext as _

from people.messages import pacing, routing, settling
from people.messages.mime import Email, typed_part
from people.messages.models import AddressMark, Message
from people.messages.returns import addresses, stopping
from people.messages.shared import note_shared
from wellbeing.lib.texts import is_mail_address

logger = logging.getLogger(__name__)
# Where the words of a mail's page begin.
_AFTER_BODY = re.compile(r"<body[^>]*>", re.IGNORECASE)
_END_OF_BODY = re.compile(r"</body>", re.IGNORECASE)


class _RefusedError(Exception):
    """The mail server will never take this message. `address` says that it is the address it refuses."""

    def __init__(self, reason: str, *, address: bool = False) -> None:
        super().__init__(reason)
        self.address = address


class _LaterError(Exception):
    """The mail server did not take this message now. `gone` says that the connection itself is of no more use."""

    def __init__(self, reason: str, *, gone: bool = False) -> None:
        super().__init__(reason)
        self.gone = gone


def send(ids: Iterable[int]) -> int:
    """Send the emails `ids`, those of them that are due, over one connection. Return how many were sent.

    They are taken together, and each is settled before the next is handed on: two workers with the same ids send each
    once, a worker killed half-way leaves one in doubt, and running this twice sends nothing twice. Must not run inside
    a transaction.
    """
    turn = pacing.turn_of(ids, Message.Channel.EMAIL)
    if not turn.ids:
        return 0
    sent, server = 0, _Server()
    try:
        with settling.quickly():
            taken = settling.take_all(turn.ids)
            note_shared(taken)
            for number, message in enumerate(taken):
                turn.wait_for(number)
                if settling.is_still_ours(message):
                    sent += _send_one(message, server)
    finally:
        _close(server.connection)
    return sent


class _Server:
    """The mail server, over one connection for a batch. `away` says why it takes nothing more from us just now."""

    def __init__(self) -> None:
        self.connection = get_connection()
        self.away: str | None = None


def _send_one(message: Message, server: _Server) -> int:
    """Send a message we hold and write down how it went. Return 1 when it was sent, else 0."""
    try:
        if server.away:
            raise _LaterError(server.away)
        ident = _deliver(message, server.connection)
    except _RefusedError as refused:
        if refused.address:
            routing.mark(message.channel, message.to, AddressMark.Reason.REFUSED, str(refused))
        settling.fail(message, str(refused))
    except _LaterError as later:
        settling.later(message, str(later))
        if later.gone:
            server.away = _reopen(server.connection)
    else:
        return settling.sent(message, ident)
    return 0


def email_of(message: Message) -> Email:
    """Return the message as Django's mail classes have it. Its id stays the same should it ever go out twice."""
    notice = message.notice
    for_whom = _for_whom(message)
    stop = stopping.link_for(notice)
    return_path = addresses.return_path(notice)
    email = Email(
        subject=_("For %(name)s: %(subject)s") % {"name": notice.person, "subject": notice.subject}
        if for_whom
        else notice.subject,
        body=_with_words(notice.text_body, for_whom, stop),
        # The return path, where bounces go. Its reader sees the address of the header.
        from_email=return_path or None,
        to=[message.to],
        reply_to=[notice.reply_to] if notice.reply_to else None,
        headers={
            "Message-ID": addresses.message_id(notice),
            # Asks out-of-office robots not to answer.
            "Auto-Submitted": "auto-generated",
            **({"From": settings.DEFAULT_FROM_EMAIL} if return_path else {}),
            **stopping.headers(stop),
        },
    )
    if notice.html_body:
        page = notice.html_body
        if for_whom:
            page = _AFTER_BODY.sub(lambda tag: f"{tag[0]}<p>{escape(for_whom)}</p>", page, count=1)
        if stop:
            page = _END_OF_BODY.sub(lambda tag: f"{_stop_line(stop)}{tag[0]}", page, count=1)
        email.attach_alternative(page, "text/html")
    for part in notice.parts.all():
        if ";" in part.content_type:
            email.attach(typed_part(part))
        else:
            email.attach(part.name, bytes(part.content), part.content_type)
    return email


def _with_words(text: str, before: str, stop: str) -> str:
    """Return the plain text with a sentence `before` it, and below it the link that stops such emails."""
    words = [before] if before else []
    words.append(text)
    if stop:
        words.append(_("Stop emails of this kind: %(link)s") % {"link": stop})
    return "\n\n".join(words)


def _stop_line(stop: str) -> str:
    words = escape(_("Stop emails of this kind"))
    return f'<p style="text-align: center; font-size: 16px"><a href="{escape(stop)}">{words}</a></p>'


def _for_whom(message: Message) -> str:
    """Return a sentence that says for whom a message is, where somebody else reads it or may; "" otherwise."""
    if message.notice.person is None:
        return ""
    if not message.via:
        return _("This is for %(name)s.") % {"name": message.notice.person} if message.is_shared else ""
    return _("%(supporter)s, this is for %(name)s, who asked us to write to you.") % {
        "supporter": message.via,
        "name": message.notice.person,
    }


def _deliver(message: Message, connection: Any) -> str:
    """Hand one message to the mail server. Return the id by which reports on it name it.

    Raises _RefusedError or _LaterError with a reason its reader understands.
    """
    email = _built(message)
    try:
        # Opening does nothing when it is open; opened here, it stays open for the next message.
        connection.open()
        _hand_on(email, connection)
    except smtplib.SMTPRecipientsRefused as error:
        code, answer = next(iter(error.recipients.values()))
        if code >= 500:
            raise _RefusedError(
                _("The mail server refused the address %(address)s: %(said)s")
                % {"address": message.to, "said": _words(code, answer)},
                address=True,
            ) from error
        raise _LaterError(_("The mail server asked us to try later: %s") % _words(code, answer)) from error
    except (AnymailRecipientsRefused, AnymailInvalidAddress) as error:
        raise _RefusedError(_("The mail service refused the address %s.") % message.to, address=True) from error
    except AnymailError as error:
        # Its own words quote the whole email. Our account may be refused, or the service be away: worth waiting.
        http_status = getattr(error, "status_code", None)
        logger.warning("The mail service did not take message %s: %s %s", message.pk, type(error).__name__, http_status)
        raise _LaterError(_("The mail service did not take the message.")) from error
    except smtplib.SMTPDataError as error:
        sentence = _words(error.smtp_code, error.smtp_error)
        if error.smtp_code >= 500:
            raise _RefusedError(_("The mail server refused the message: %s") % sentence) from error
        raise _LaterError(_("The mail server asked us to try later: %s") % sentence) from error
    except smtplib.SMTPServerDisconnected as error:
        raise _LaterError(_("The mail server closed the connection."), gone=True) from error
    except smtplib.SMTPResponseException as error:
        # Greeting, sign-in or sender refused: our set-up is wrong, not the person's address, so it is worth waiting.
        sentence = _words(error.smtp_code, error.smtp_error)
        raise _LaterError(_("The mail server did not let us send: %s") % sentence, gone=True) from error
    except (smtplib.SMTPException, OSError) as error:
        raise _LaterError(_("The mail server could not be reached."), gone=True) from error
    except Exception as error:
        logger.exception("Message %s could not be sent.", message.pk)
        raise _LaterError(_("Something unexpected went wrong. The log says what.")) from error
    status = getattr(email, "anymail_status", None)
    if settings.MAIL_SERVICE and status is not None and not status.status & {"sent", "queued"}:
        raise _LaterError(_("The mail service gave an answer we do not understand."))
    return addresses.provider_ref(email, message.notice)


def _hand_on(email: Email, connection: Any) -> None:
    """Hand a mail to the open `connection`. Raises what the mail server, or the mail service, says against it."""
    if isinstance(connection, smtp.EmailBackend):
        # Django takes both addresses apart once more before it does the same; ours have been looked at.
        assert connection.connection is not None
        connection.connection.sendmail(_sender(email.from_email), email.to, email.drawn)
    else:
        connection.send_messages([email])


@lru_cache(maxsize=64)
def _sender(address: str) -> str:
    """Return the address of the sender as mail servers take it, whatever script its name or domain is written in."""
    return sanitize_address(address, "utf-8")


def _built(message: Message) -> Email:
    """Return the message as it goes out. Raises _RefusedError where it cannot: trying again would change nothing."""
    for address in filter(None, (message.to, message.notice.reply_to)):
        if not is_mail_address(address):
            raise _RefusedError(
                _("“%(address)s” is not a full email address. Put it right, then try again.") % {"address": address}
            )
    try:
        email = email_of(message)
        # Drawn up before the mail server is asked for anything: what is wrong with it is no fault of the server.
        _drawn = email.drawn
    except Exception as error:
        logger.exception("Message %s cannot be put together.", message.pk)
        raise _RefusedError(_("This message cannot be put together: %s") % error) from error
    return email


def _words(code: int, answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)
    return f"{' '.join(text.split())} ({code})"


def _reopen(connection: Any) -> str | None:
    """Open a lost connection again. Return None, or why there is no mail server for the rest either."""
    _close(connection)
    try:
        connection.open()
    except Exception as error:
        logger.warning("The mail server is away: %s", error)
        return _("The mail server could not be reached.")
    return None


def _close(connection: Any) -> None:
    try:
        connection.close()
    except Exception as error:
        logger.warning("The connection to the mail server did not close well: %s", error)
