"""Send the text messages that wait.

A worker killed at any moment loses none. The one it was just handing to the provider is looked up there before it is
sent again (`Provider.find`), or known to the provider by our reference.
"""

import hashlib
import logging
import re
from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _

from people.messages import pacing, routing, settling
from people.messages.models import AddressMark, Message
from people.messages.services import AwayError, LaterError, RefusedError
from people.messages.shared import note_shared
from people.messages.texts import receipts
from people.messages.texts.choosing import provider
from people.messages.texts.providers import Provider
from wellbeing.lib.segments import plain

logger = logging.getLogger(__name__)
_NUMBER = re.compile(r"\+[0-9]{7,15}")


def send(ids: Iterable[int]) -> int:
    """Send those of the text messages `ids` that are due. Return how many were sent.

    Each is taken just before it is sent, so two workers with the same ids send each once, and
    running this twice sends nothing twice. Must not run inside a transaction.
    """
    due = settling.due(ids, Message.Channel.SMS)
    service = provider() if due else None
    sent, pause = 0, None
    turns = pacing.paced(due, Message.Channel.SMS)
    for message in (message for pk in turns for message in settling.take_all([pk])):
        note_shared([message])
        try:
            if pause:
                raise pause
            ident = _hand_over(message, service)
        except RefusedError as refused:
            if refused.number:
                routing.mark(message.channel, message.to, AddressMark.Reason.REFUSED, str(refused))
            settling.fail(message, str(refused))
        except LaterError as later:
            settling.later(message, str(later), wait=later.wait)
            if later.wait is not None or isinstance(later, AwayError):
                # It holds for the rest of the batch as well, which need not ask.
                pause = later
        else:
            sent += settling.settle(message, Message.Status.SENT, provider_ref=ident)
            if service and service.arrives_at_once:
                receipts.delivered(message.pk, ident)
    return sent


def reference_of(message: Message) -> str:
    """Return our own name of a text at its provider: the same however often it is tried, and of this site alone.

    It says nothing about anybody. Two sites with one account at a provider never take each other's texts for theirs.
    """
    said = f"{settings.SITE_URL} {message.notice.key}"
    return f"{message.pk}-{hashlib.sha256(said.encode()).hexdigest()[:24]}"


def message_of(reference: str) -> Message | None:
    """Return the text message that has this reference, or None."""
    number = reference.partition("-")[0]
    if not number.isascii() or not number.isdigit() or len(number) > 18:
        return None
    rows = Message.objects.select_related("notice").filter(pk=int(number), channel=Message.Channel.SMS)
    message = rows.first()
    return message if message and reference_of(message) == reference else None


def _hand_over(message: Message, service: Provider | None) -> str:
    """Hand one text to the provider. Return its id there. Raises a ServiceError with a sentence for a colleague."""
    if service is None:
        raise RefusedError(_("This service sends no text messages."))
    to = routing.address_key(message.channel, message.to)
    if not _NUMBER.fullmatch(to):
        raise RefusedError(_("“%(number)s” is not a number that can get text messages.") % {"number": message.to})
    if routing.is_marked(message.channel, message.to):
        # It was marked while the message waited: STOP counts from the moment it came.
        raise RefusedError(_("Text messages to this number were stopped while this one waited."))
    reference = reference_of(message)
    try:
        if message.attempts > 1 and (ident := service.find(reference)):
            return ident
        return service.send(to, _words(message), reference)
    except (RefusedError, LaterError):
        raise
    except Exception as error:
        logger.exception("Text message %s could not be sent.", message.pk)
        raise AwayError(_("Something unexpected went wrong. The log says what.")) from error


def _words(message: Message) -> str:
    """Return the words of a text: plain signs, and for whom it is where somebody else gets it."""
    notice = message.notice
    if notice.person is not None and (message.via or message.is_shared):
        return plain(_("For %(name)s: %(words)s") % {"name": notice.person, "words": notice.short})
    return plain(notice.short)
