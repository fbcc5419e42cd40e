"""Work of the workers on the documents of a run."""

from celery import shared_task

from payments.runs import documents
from payments.runs.models.runs import PaymentRun
from people.models import Job
from wellbeing.lib.workers import send_to_worker


def make_documents(job):
    """Do a `payment_documents` job: this worker makes the papers, and any other that is free helps."""
    documents.make_for_run(job, share=_share)


def _share(job, batches):
    for ids in batches:
        if not send_to_worker(make_letters, job.pk, job.attempts, ids):
            # Without a broker nobody helps: the job's own worker makes them all.
            return


@shared_task(name="payments.tasks.make_letters")
def make_letters(job_pk, attempt, ids):
    """Help with the letters of the payments `ids` while the job is still at that attempt."""
    job = Job.objects.filter(pk=job_pk, status=Job.Status.RUNNING, attempts=attempt).first()
    if job is not None:
        documents.make_letters(PaymentRun.objects.select_related("programme").get(pk=job.subject_id), ids)
