"""Settle text messages by the word of their provider, in whichever order it comes.

"Delivered" is proof: a phone has taken the text. It counts whatever was said before, and no later failure takes it
back. A failure counts while nothing better is known, and only for the try it speaks of.
"""

import logging

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.messages import routing, settling
from people.messages.models import AddressMark, Message, TextReceipt

logger = logging.getLogger(__name__)
Status = Message.Status


def delivered(pk: int, provider_ref: str) -> bool:
    """Say that a text arrived. Return False where that was known. Locks the message.

    Where it had failed before, the next way to the person is called off if nobody has gone it yet.
    """
    with transaction.atomic():
        message = Message.objects.locked(pk)
        if not _is_new(message, provider_ref, TextReceipt.Outcome.DELIVERED):
            return False
        if message.status in {Status.DELIVERED, Status.CANCELLED}:
            return False
        now = timezone.now()
        message.provider_ref = provider_ref or message.provider_ref
        message.sent_at = message.sent_at or now
        if message.status in {Status.WAITING, Status.SENDING}:
            # The worker that holds it has not heard yet that it was taken.
            message.status = Status.SENT
            message.save(update_fields=["status", "sent_at", "provider_ref"])
        if message.status == Status.FAILED:
            following = message.notice.messages.filter(pk__gt=message.pk, status=Status.WAITING)
            following.update(status=Status.CANCELLED, last_error="")
        message.status, message.delivered_at, message.last_error = Status.DELIVERED, now, ""
        message.save(update_fields=["status", "sent_at", "provider_ref", "delivered_at", "last_error"])
        routing.end_marks(message.channel, message.to, AddressMark.Reason.REFUSED)
    return True


def not_delivered(pk: int, provider_ref: str, reason: str, *, number: bool) -> bool:
    """Say that a text did not arrive, and open the next way to its person. Return False where that changes nothing.

    `number` says that the number reaches nobody: it is marked. Locks the message.
    """
    with transaction.atomic():
        message = Message.objects.locked(pk)
        if not _is_new(message, provider_ref, TextReceipt.Outcome.FAILED):
            return False
        if message.status not in {Status.WAITING, Status.SENDING, Status.SENT}:
            return False
        earlier_try = message.provider_ref and message.provider_ref != provider_ref
        if earlier_try or not message.attempts:
            return False
        message.provider_ref = provider_ref
        reason = reason or _("The text message was not delivered.")
        if number:
            routing.mark(message.channel, message.to, AddressMark.Reason.REFUSED, reason)
        settling.did_not_arrive(message, reason)
    return True


def _is_new(message: Message, provider_ref: str, outcome: str) -> bool:
    """Keep a receipt. Return whether it is the first of its kind."""
    return TextReceipt.objects.get_or_create(message=message, provider_ref=provider_ref, outcome=outcome)[1]
