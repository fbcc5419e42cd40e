"""Send messages in workers, and sweep up those that a failure left behind."""

import logging

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from people.messages import delivery
from people.messages.models import Message
from wellbeing.lib.workers import send_to_worker

logger = logging.getLogger(__name__)

# Messages one task sends over one connection, and messages one sweep hands out (every half minute, so 2,000 a minute).
BATCH = 25
SWEEP_AT_MOST = 1000


@shared_task(name="people.tasks.send_messages")
def send_messages(ids):
    """Send those of the messages that are still due."""
    delivery.send(ids)


@shared_task(name="people.tasks.sweep_outbox")
def sweep_outbox():
    """Hand out messages that are due: lost by the broker, left by a killed worker, or waiting for their next try."""
    with transaction.atomic():
        # Rows a worker is taking at this moment are locked; there is no reason to wait for them.
        ids = list(
            Message.objects.due(timezone.now())
            .select_for_update(skip_locked=True)
            .order_by("next_try_at")
            .values_list("pk", flat=True)[:SWEEP_AT_MOST]
        )
    for start in range(0, len(ids), BATCH):
        if not send_to_worker(send_messages, ids[start : start + BATCH]):
            return
