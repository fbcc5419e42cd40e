"""What workers do for this app: send messages, do long work, and sweep up what a failure left behind."""

import logging
from importlib import import_module

from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from people import delivery, jobs
from people.models import Job, Message
from wellbeing.lib.workers import hand_over

logger = logging.getLogger(__name__)

# Messages one task sends over one connection, and messages one sweep hands out (every half minute, so 2,000 a minute).
BATCH = 25
SWEEP_AT_MOST = 1000


@shared_task
def send_messages(ids):
    """Send those of the messages that are still due."""
    delivery.send(ids)


@shared_task
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
        if not hand_over(send_messages, ids[start : start + BATCH]):
            return


@shared_task
def run_job(pk):
    """Do a piece of long work that waits to start."""
    jobs.run(pk)


@shared_task
def sweep_jobs():
    """Start again the work that the broker lost or whose worker died."""
    for pk in jobs.put_stalled_back(Job.objects.stalled(timezone.now())):
        hand_over(run_job, pk)


@shared_task
def purge_sessions():
    """Delete the sessions that are long over."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
