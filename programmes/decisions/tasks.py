"""Work of the workers on decisions: documents that come with proposals."""

from celery import shared_task

from programmes.decisions.models import DecisionFile
from wellbeing.lib import sent_files


@shared_task(name="programmes.tasks.clean_decision_file", soft_time_limit=60, time_limit=75)
def clean_decision_file(pk):
    """Check one document and make its clean copy. Runs in the queue of receipts: see CELERY_TASK_ROUTES."""
    sent_files.make_clean(DecisionFile, pk)


@shared_task(name="programmes.tasks.sweep_decision_files")
def sweep_decision_files():
    """Hand out again the documents that nobody has checked and nobody is working on."""
    sent_files.hand_out_lost(DecisionFile, clean_decision_file)
