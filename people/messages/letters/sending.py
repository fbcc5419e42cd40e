"""Hand letters to the printing service when their time has come, and hear what became of them.

A worker killed at any moment loses none and posts none twice: a letter it was just handing over is looked up at the
service before it is sent again. A letter that the service cannot print is printed by staff, with the reason beside it.
"""

import hashlib
import logging
from collections.abc import Iterable

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.messages import pacing, routing, settling
from people.messages.letters import asking, drawing
from people.messages.letters.choosing import service
from people.messages.letters.services import LetterService, Outcome
from people.messages.letters.writing import letter_of
from people.messages.models import Message, PostageRule
from people.messages.services import LaterError, RefusedError, ServiceError
from wellbeing.lib import pdf
from wellbeing.lib.errors import ActionError

logger = logging.getLogger(__name__)
Status = Message.Status


def send(ids: Iterable[int]) -> int:
    """Hand those of the letters `ids` that are due to the printing service. Return how many it took.

    Each is taken just before it is drawn, so two workers with the same ids send each once, and running this twice sends
    nothing twice. Must not run inside a transaction.
    """
    printer, sent, away = service(), 0, None
    turns = pacing.paced(settling.due(ids, Message.Channel.LETTER), Message.Channel.LETTER)
    for message in (message for pk in turns for message in settling.take_all([pk])):
        if routing.is_marked(message.channel, message.to):
            settling.fail(message, _("A letter to this address came back while this one waited."))
            continue
        try:
            if away:
                # It holds for the rest of the batch as well, which need not be drawn.
                raise away
            ident = _hand_over(message, printer)
        except (ActionError, RefusedError) as refused:
            print_here(message, str(refused))
        except LaterError as later:
            away = later
            _later(message, later)
        else:
            sent += settling.settle(message, Status.SENT, provider_ref=ident)
    return sent


def follow() -> int:
    """Ask the printing service what became of the letters it has. Return how many are at an end now.

    A service that is away is asked again the next time.
    """
    printer, since = service(), timezone.now() - asking.FOLLOWED_FOR
    with_service = Message.objects.filter(by_service=True, status=Status.SENT, sent_at__gte=since)
    waiting = dict(with_service.values_list("provider_ref", "pk"))
    if printer is None or not waiting:
        return 0
    try:
        outcomes = printer.outcomes(waiting.keys())
    except ServiceError as error:
        logger.warning("The printing service does not say what became of letters: %s", error)
        return 0
    return sum(_ended(waiting[ident], ident, outcome) for ident, outcome in outcomes.items())


def print_here(message: Message, reason: str) -> None:
    """Put a letter we hold into the list of those that staff print, with the reason."""
    settling.settle(
        message, Status.WAITING, reason, by_service=False, attempts=0, next_try_at=timezone.now(), provider_ref=""
    )


def reference_of(message: Message) -> str:
    """Return our own name of a letter at its service: the same however often it is tried, and of this site alone.

    It says nothing about anybody.
    """
    said = f"{settings.SITE_URL} letter {message.notice.key}"
    return f"letter-{message.pk}-{hashlib.sha256(said.encode()).hexdigest()[:24]}"


def _hand_over(message: Message, printer: LetterService | None) -> str:
    """Hand one letter to the service. Return the service's id.

    Raises ActionError for a letter that it cannot print, and a ServiceError; each has a sentence for a colleague.
    """
    if printer is None:
        raise RefusedError(_("No service prints letters for us any more."))
    reference = reference_of(message)
    try:
        if message.attempts > 1 and (ident := printer.find(reference)):
            return ident
        today = timezone.localdate()
        letter = letter_of(message, today, message.notice.speaker)
        printer.check(letter)
        content = pdf.write_together([drawing.lay_out(letter, printer.layout, printer.pages)])
        return printer.send(content, reference, PostageRule.objects.in_force(today).postage)
    except (ActionError, ServiceError, DatabaseError):
        raise
    except Exception as error:
        logger.exception("The letter of message %s could not be handed over.", message.pk)
        raise RefusedError(_("Something in it cannot be drawn. Your administrator finds more in the log.")) from error


def _later(message: Message, later: LaterError) -> None:
    if message.last_try:
        # Its answer may have been lost: only a person can find out then.
        problem = _(
            "We tried %(times)s times to have it printed. The last answer: %(reason)s Before you print it, look for "
            "%(reference)s at the printing service: it may have it."
        )
        facts = {"times": message.attempts, "reason": later, "reference": reference_of(message)}
        print_here(message, problem % facts)
    else:
        settling.later(message, str(later), wait=later.wait)


def _ended(pk: int, ident: str, outcome: Outcome) -> bool:
    """Write down what became of a letter. Return False where that changes nothing. Locks the message."""
    with transaction.atomic():
        message = Message.objects.locked(pk)
        if message.status != Status.SENT or message.provider_ref != ident:
            return False
        if outcome.posted:
            message.status, message.delivered_at = Status.DELIVERED, timezone.now()
            message.save(update_fields=["status", "delivered_at"])
            return True
        message.status, message.last_error = Status.FAILED, outcome.problem
        message.save(update_fields=["status", "last_error"])
        # Nobody was told yet, and the address is not to blame: staff print the letter.
        message.status, message.by_service, message.attempts = Status.WAITING, False, 0
        message.sent_at, message.provider_ref, message.next_try_at = None, "", timezone.now()
        message.save(update_fields=["status", "by_service", "attempts", "sent_at", "provider_ref", "next_try_at"])
    return True
