"""Hand messages to workers after commit, and let each channel's own sender send them there."""

from collections.abc import Callable, Iterable

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from people.messages.models import Message
from people.messages.models.channels import SENT_BY_WORKERS
from wellbeing.lib.workers import send_to_worker

# Messages one task sends over one connection. Each worker process that is free takes the next batch.
BATCH = 50
# By channel: sends the messages (by their keys) that go by it, those that are due. `people.messages.contributions`
# adds them. Safe to run twice with the same ones.
senders: dict[str, Callable[[Iterable[int]], int]] = {}


@shared_task(name="people.tasks.send_messages")
def send_messages(ids):
    """Send those of the messages that are still due."""
    due = Message.objects.due(timezone.now()).filter(pk__in=ids).order_by("pk")
    by_channel: dict[str, list[int]] = {}
    for channel, pk in due.values_list("channel", "pk"):
        by_channel.setdefault(channel, []).append(pk)
    for channel in by_channel.keys() & senders.keys():
        senders[channel](by_channel[channel])


def kick(messages: Iterable[Message]) -> None:
    """Hand what workers send to them after commit. A broker that is down is no error: the sweep sends later."""
    ids = [message.pk for message in messages if message.channel in SENT_BY_WORKERS]
    if ids:
        transaction.on_commit(lambda: hand_over(ids))


def hand_over(ids: list[int]) -> None:
    """Hand the messages `ids` to workers now, in batches; stop at the first batch the broker does not take."""
    for start in range(0, len(ids), BATCH):
        # Asking the broker again for each further batch would make the reader wait for each.
        if not send_to_worker(send_messages, ids[start : start + BATCH]):
            return
