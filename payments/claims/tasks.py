"""Work of the workers on claims: receipts, and an earlier name of reminders."""

from celery import shared_task

from payments.claims import receipts
from payments.claims.models.receipts import Receipt
from programmes.reminders.tasks import send_reminders
from wellbeing.lib import sent_files


@shared_task(name="payments.tasks.clean_receipt", soft_time_limit=60, time_limit=75)
def clean_receipt(pk):
    """Check one receipt and make its clean copy. Runs in a queue of its own: see CELERY_TASK_ROUTES."""
    receipts.make_clean(pk)


@shared_task(name="payments.tasks.sweep_receipts")
def sweep_receipts():
    """Hand out again the receipts that nobody has checked and nobody is working on.

    It runs in the receipts' own queue, behind those handed out before: while no worker takes them nothing piles up.
    """
    sent_files.hand_out_lost(Receipt, clean_receipt)


@shared_task(name="payments.tasks.remind_before_the_time_to_claim_ends")
def remind_before_the_time_to_claim_ends():
    """Send the reminders of the day. For work that was queued or scheduled before they had a task of their own."""
    send_reminders()
