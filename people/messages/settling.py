"""Take messages for sending, and say what became of them: the same for emails and text messages.

Every message is taken, sent and settled by itself, so that a worker killed at any moment leaves at most one message in
doubt: the one it was just handing on.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from people.messages import handing, routing
from people.messages.models import Message

# Planned once for a batch: Postgres takes half as long again to plan it as to run it.
_PREPARE = """
    PREPARE settle_as_sent (timestamptz, text, bigint, timestamptz) AS
    UPDATE people_message SET status = 'sent', sent_at = $1, last_error = '', provider_ref = $2
    WHERE id = $3 AND status = 'sending' AND taken_at = $4
"""


def due(ids: Iterable[int], channel: str) -> list[int]:
    """Return those of the messages `ids` of one channel that a worker should take now."""
    rows = Message.objects.due(timezone.now()).filter(pk__in=ids, channel=channel)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def take_all(ids: Iterable[int]) -> list[Message]:
    """Take those of the messages `ids` that are due, in one go, for as long as the lease lasts. Return them by key.

    The time of taking is also the taker's mark: only the worker that took a message last settles it. `is_still_ours`
    says of each, just before it is handed on, whether we hold it still.
    """
    now = timezone.now()
    with transaction.atomic():
        due_now = Message.objects.due(now).filter(pk__in=list(ids)).select_for_update(skip_locked=True, of=("self",))
        taken = list(due_now.values_list("pk", flat=True))
        Message.objects.filter(pk__in=taken).update(
            status=Message.Status.SENDING, taken_at=now, attempts=F("attempts") + 1
        )
    rows = Message.objects.select_related("notice__person").prefetch_related("notice__parts")
    return list(rows.filter(pk__in=taken).order_by("pk"))


def is_still_ours(message: Message) -> bool:
    """Return whether we hold a taken message still. When half of our lease is over, it begins anew if we do."""
    now, held_since = timezone.now(), message.taken_at
    assert held_since is not None
    if now - held_since < dt.timedelta(seconds=settings.OUTBOX_LEASE_SECONDS / 2):
        return True
    ours = Message.objects.filter(pk=message.pk, status=Message.Status.SENDING, taken_at=held_since)
    message.taken_at = now
    return bool(ours.update(taken_at=now))


@contextmanager
def quickly() -> Iterator[None]:
    """Let Postgres settle a batch quickly: with the plan of `sent` made, and no commit that waits for the disk.

    A crash of the database's own server (not of ours, nor of a worker) may forget the last fraction of a second: a
    message that went is then taken for one that did not, and goes twice, with the same Message-ID. Nothing is lost.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SET synchronous_commit = off; {_PREPARE}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET synchronous_commit; DEALLOCATE settle_as_sent")


def settle(message: Message, status: str, problem: str = "", **fields: Any) -> int:
    """Write the outcome of a message we hold. Return 1, or 0 when our lease ran out and another worker holds it."""
    if status == Message.Status.SENT:
        fields["sent_at"] = timezone.now()
    return Message.objects.filter(pk=message.pk, status=Message.Status.SENDING, taken_at=message.taken_at).update(
        status=status, last_error=problem[:500], **fields
    )


def sent(message: Message, provider_ref: str) -> int:
    """Write that a message we hold has gone, as `settle` does, by a plan made before: called within `quickly`."""
    values: list[Any] = [timezone.now(), provider_ref, message.pk, message.taken_at]
    with connection.cursor() as cursor:
        cursor.execute("EXECUTE settle_as_sent (%s, %s, %s, %s)", values)
        return cursor.rowcount


def later(message: Message, reason: str, *, wait: int | None = None) -> None:
    """Put a message we hold back to wait, longer each time and `wait` seconds at least; the last try has failed."""
    if message.last_try:
        problem = _("We tried %(times)s times. The last answer: %(reason)s")
        fail(message, problem % {"times": message.attempts, "reason": reason})
        return
    pause = max(message.wait_after_try(), dt.timedelta(seconds=wait or 0))
    settle(message, Message.Status.WAITING, reason, next_try_at=timezone.now() + pause)


def fail(message: Message, reason: str) -> bool:
    """Say that a message we hold did not reach its person, and open the next way to them. Return False when we lost it.

    Both in one transaction: a notice is never left with nobody trying.
    """
    with transaction.atomic():
        if not settle(message, Message.Status.FAILED, reason):
            return False
        _go_on(message)
    return True


def did_not_arrive(message: Message, reason: str) -> Message | None:
    """Say that a message did not reach its person, and open the next way to them. Return the next try, if there is one.

    For a message nobody holds, by the word of a provider, a mail server or a colleague. Called in the transaction that
    locked it.
    """
    message.status, message.last_error, message.delivered_at = Message.Status.FAILED, reason[:500], None
    message.save(update_fields=["status", "last_error", "delivered_at", "provider_ref"])
    return _go_on(message)


def _go_on(message: Message) -> Message | None:
    following = routing.open_next(message.notice)
    if following:
        handing.kick([following])
    return following
