"""Work of the workers on contributions: files of evidence."""

from celery import shared_task

from programmes.heard.models import EvidenceFile
from wellbeing.lib import sent_files


@shared_task(name="programmes.tasks.clean_evidence", soft_time_limit=60, time_limit=75)
def clean_evidence(pk):
    """Check one file and make its clean copy. Runs in the queue of receipts: see CELERY_TASK_ROUTES."""
    sent_files.make_clean(EvidenceFile, pk)


@shared_task(name="programmes.tasks.sweep_evidence")
def sweep_evidence():
    """Hand out again the files that nobody has checked and nobody is working on."""
    sent_files.hand_out_lost(EvidenceFile, clean_evidence)
