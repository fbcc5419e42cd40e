"""What workers do for payments. Making documents is a job: see `payments.documents` and `people.jobs`."""

import datetime as dt

from celery import shared_task
from django.utils import timezone

from payments import documents, drafts, receipts, reminders
from payments.models import PaymentRun, Receipt
from payments.reports import monthly
from people.models import Job
from wellbeing.lib.workers import hand_over

# A receipt still unchecked after this was lost on its way to a worker, or its worker died.
LOST_AFTER = dt.timedelta(minutes=2)
SWEEP_AT_MOST = 200


@shared_task(soft_time_limit=60, time_limit=75)
def clean_receipt(pk):
    """Check one receipt and make its clean copy. Runs in a queue of its own: see CELERY_TASK_ROUTES."""
    receipts.make_clean(pk)


@shared_task
def sweep_receipts():
    """Hand out again the receipts that nobody has checked and nobody is working on.

    It runs in the receipts' own queue, behind those handed out before: while no worker takes them nothing piles up.
    """
    now = timezone.now()
    lost = Receipt.objects.due(now).filter(added_at__lt=now - LOST_AFTER)
    for pk in lost.order_by("added_at").values_list("pk", flat=True)[:SWEEP_AT_MOST]:
        hand_over(clean_receipt, pk)


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


def make_documents(job):
    """The work of a `payment_documents` job: this worker makes the papers, and any other that is free helps."""
    documents.make_for_run(job, share=_share)


def _share(job, batches):
    for ids in batches:
        if not hand_over(make_letters, job.pk, job.attempts, ids):
            # Without a broker nobody helps: the job's own worker makes them all.
            return


@shared_task
def make_letters(job_pk, attempt, ids):
    """Help with the letters of the payments `ids` while the job is still at that attempt."""
    job = Job.objects.filter(pk=job_pk, status=Job.Status.RUNNING, attempts=attempt).first()
    if job is not None:
        documents.make_letters(PaymentRun.objects.select_related("programme").get(pk=job.subject_id), ids)
