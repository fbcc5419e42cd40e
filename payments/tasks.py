"""What workers do for payments. Making documents is a job: see `payments.documents` and `people.jobs`."""

import datetime as dt

from celery import shared_task
from django.utils import timezone

from payments import drafts, receipts, reminders
from payments.models import Receipt
from payments.reports import monthly

# A receipt still unchecked after this was lost on its way to a worker, or its worker died.
LOST_AFTER = dt.timedelta(minutes=2)
SWEEP_AT_MOST = 200


@shared_task
def clean_receipt(pk):
    """Check one receipt and make its clean copy."""
    receipts.make_clean(pk)


@shared_task
def sweep_receipts():
    """Hand out again the receipts that nobody has checked."""
    lost = Receipt.objects.filter(status=Receipt.Status.CHECKING, added_at__lt=timezone.now() - LOST_AFTER)
    for pk in lost.order_by("added_at").values_list("pk", flat=True)[:SWEEP_AT_MOST]:
        clean_receipt.delay(pk)


@shared_task
def remind_before_the_time_to_claim_ends():
    """Remind people of claims they have not sent, some days before it is too late."""
    reminders.send_due(timezone.localdate())


@shared_task
def purge_form_drafts():
    """Throw away what was typed and never saved."""
    drafts.purge(timezone.now())


@shared_task
def make_monthly_reports():
    """Have last month's reports made and sent, once the first working day of the month has come."""
    monthly.make_due(timezone.localdate())
