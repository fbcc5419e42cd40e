"""Work of the workers on claims: receipts and reminders."""

import datetime as dt

from celery import shared_task
from django.utils import timezone

from payments.claims import receipts, reminders
from payments.claims.models.receipts import Receipt
from wellbeing.lib.workers import send_to_worker

# A receipt still unchecked after this was lost on its way to a worker, or its worker died.
LOST_AFTER = dt.timedelta(minutes=2)
SWEEP_AT_MOST = 200


@shared_task(name="payments.tasks.clean_receipt", soft_time_limit=60, time_limit=75)
def clean_receipt(pk):
    """Check one receipt and make its clean copy. Runs in a queue of its own: see CELERY_TASK_ROUTES."""
    receipts.make_clean(pk)


@shared_task(name="payments.tasks.sweep_receipts")
def sweep_receipts():
    """Hand out again the receipts that nobody has checked and nobody is working on.

    It runs in the receipts' own queue, behind those handed out before: while no worker takes them nothing piles up.
    """
    now = timezone.now()
    lost = Receipt.objects.due(now).filter(added_at__lt=now - LOST_AFTER)
    for pk in lost.order_by("added_at").values_list("pk", flat=True)[:SWEEP_AT_MOST]:
        send_to_worker(clean_receipt, pk)


@shared_task(name="payments.tasks.remind_before_the_time_to_claim_ends")
def remind_before_the_time_to_claim_ends():
    """Remind people of claims they have not sent, some days before it is too late."""
    reminders.send_due(timezone.localdate())
