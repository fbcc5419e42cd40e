"""Send messages in workers, and sweep up those that a failure left behind."""

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from people.messages import routing
from people.messages.handing import hand_over
from people.messages.letters import sending
from people.messages.models import Message

# Messages one sweep hands out (every half minute, so 2,000 a minute).
SWEEP_AT_MOST = 1000


@shared_task(name="people.tasks.give_tasks")
def give_tasks():
    """Give the messages of colleagues who have left to those who are there."""
    routing.give_tasks()


@shared_task(name="people.tasks.follow_letters")
def follow_letters():
    """Ask the printing service what became of the letters it has."""
    sending.follow()


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
    hand_over(ids)
