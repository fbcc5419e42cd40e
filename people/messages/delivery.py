"""Send the messages that wait in the outbox.

Every message is taken, sent and marked by itself, so that a worker killed at any moment leaves at most one message in
doubt: the one it was just handing to the mail server.
"""

import hashlib
import logging
import smtplib
from collections.abc import Iterable
from email import encoders
from email.header import Header
from email.message import Message as MailPart
from email.mime.base import MIMEBase
from typing import Any
from urllib.parse import urlsplit

from anymail.exceptions import AnymailInvalidAddress, AnymailRecipientsRefused
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from people.messages.models import Message, MessagePart
from wellbeing.lib.texts import is_mail_address

logger = logging.getLogger(__name__)
# A longer word of a subject does not fit on a line of a mail, where it can only be cut when it is encoded.
MAX_PLAIN = 60


class _RefusedError(Exception):
    """The mail server will never take this message."""


class _LaterError(Exception):
    """The mail server did not take this message now. `gone` says that the connection itself is of no more use."""

    def __init__(self, reason: str, *, gone: bool = False) -> None:
        super().__init__(reason)
        self.gone = gone


def send(ids: Iterable[int]) -> int:
    """Send those of the messages `ids` that are due, over one connection. Return how many were sent.

    Each is taken by compare-and-set just before it is sent, so two workers with the same ids send each once, and
    running this twice sends nothing twice. Must not run inside a transaction.
    """
    due = list(Message.objects.due(timezone.now()).filter(pk__in=ids).values_list("pk", flat=True))
    sent, connection, no_server = 0, get_connection(), None
    try:
        for pk in due:
            message = take(pk)
            if message is None:
                continue
            try:
                if no_server:
                    raise _LaterError(no_server)
                _deliver(message, connection)
            except _RefusedError as refused:
                _settle(message, Message.Status.FAILED, str(refused))
            except _LaterError as later:
                _settle_later(message, str(later))
                if later.gone:
                    no_server = _reopen(connection)
            else:
                sent += _settle(message, Message.Status.SENT)
    finally:
        _close(connection)
    return sent


def take(pk: int) -> Message | None:
    """Take a due message for sending, for as long as the lease lasts. Return it, or None when it is not due any more.

    The time of taking is also the taker's mark: only the worker that took the message last settles it.
    """
    now = timezone.now()
    taken = (
        Message.objects.due(now)
        .filter(pk=pk)
        .update(status=Message.Status.SENDING, taken_at=now, attempts=F("attempts") + 1)
    )
    return Message.objects.prefetch_related("parts").get(pk=pk) if taken else None


def email_of(message: Message) -> EmailMultiAlternatives:
    """Return the message as Django's mail classes have it. Its id stays the same should it ever go out twice."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    email = _Email(
        subject=message.subject,
        body=message.text_body,
        to=[message.to_address],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers={
            "Message-ID": f"<{hashlib.sha256(message.key.encode()).hexdigest()[:40]}@{host}>",
            # Asks out-of-office robots not to answer.
            "Auto-Submitted": "auto-generated",
        },
    )
    if message.html_body:
        email.attach_alternative(message.html_body, "text/html")
    for part in message.parts.all():
        if ";" in part.content_type:
            email.attach(_typed_part(part))
        else:
            email.attach(part.name, bytes(part.content), part.content_type)
    return email


class _Email(EmailMultiAlternatives):
    """A mail whose subject every program shows as it was typed."""

    def message(self, **options: Any) -> Any:
        """Return the mail as Python has it, with a subject that is folded where lines end.

        Django folds as if the word "Subject:" took no room, so that a long subject in another script, or one long word,
        starts with an empty line and a space; and it sends as it is what only looks like an encoded word.
        """
        mail = super().message(**options)
        words = str(self.subject)
        plain = words.isascii() and "=?" not in words and all(len(word) < MAX_PLAIN for word in words.split())
        subject = Header(words, None if plain else "utf-8", header_name="Subject")
        del mail["Subject"]
        # Past Django's own, which would fold it again; the outbox has no subject with a line end.
        MailPart.__setitem__(mail, "Subject", subject)
        return mail


def _typed_part(part: MessagePart) -> MIMEBase:
    """Return a part whose type has parameters, such as the method of a calendar: Django would add its charset again."""
    typed = MailPart()
    typed["Content-Type"] = part.content_type
    made = MIMEBase(typed.get_content_maintype(), typed.get_content_subtype())
    for name, value in typed.get_params(failobj=[])[1:]:
        made.set_param(name, value)
    made.set_payload(bytes(part.content))
    encoders.encode_base64(made)
    made.add_header("Content-Disposition", "attachment", filename=part.name)
    return made


def _deliver(message: Message, connection: Any) -> None:
    """Hand one message to the mail server. Raises _RefusedError or _LaterError with a reason its reader understands."""
    email = _built(message)
    try:
        # Opening does nothing when it is open; opened here, it stays open for the next message.
        connection.open()
        email.connection = connection
        email.send()
    except smtplib.SMTPRecipientsRefused as error:
        code, answer = next(iter(error.recipients.values()))
        if code >= 500:
            raise _RefusedError(
                _("The mail server refused the address %(address)s: %(said)s")
                % {"address": message.to_address, "said": _words(code, answer)}
            ) from error
        raise _LaterError(_("The mail server asked us to try later: %s") % _words(code, answer)) from error
    except (AnymailRecipientsRefused, AnymailInvalidAddress) as error:
        raise _RefusedError(_("The mail service refused the address %s.") % message.to_address) from error
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


def _built(message: Message) -> EmailMultiAlternatives:
    """Return the message as it goes out. Raises _RefusedError where it cannot: trying again would change nothing."""
    for address in filter(None, (message.to_address, message.reply_to)):
        if not is_mail_address(address):
            raise _RefusedError(
                _("“%(address)s” is not a full email address. Put it right, then try again.") % {"address": address}
            )
    try:
        email = email_of(message)
        email.message().as_bytes()
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


def _settle_later(message: Message, reason: str) -> None:
    if message.last_try:
        problem = _("We tried %(times)s times. The last answer: %(reason)s")
        _settle(message, Message.Status.FAILED, problem % {"times": message.attempts, "reason": reason})
    else:
        next_try_at = timezone.now() + message.wait_after_try()
        _settle(message, Message.Status.WAITING, reason, next_try_at=next_try_at)


def _settle(message: Message, status: str, problem: str = "", **fields: Any) -> int:
    """Write the outcome of a message we hold. Return 1, or 0 when our lease ran out and another worker holds it."""
    if status == Message.Status.SENT:
        fields["sent_at"] = timezone.now()
    return Message.objects.filter(pk=message.pk, status=Message.Status.SENDING, taken_at=message.taken_at).update(
        status=status, last_error=problem[:500], **fields
    )
