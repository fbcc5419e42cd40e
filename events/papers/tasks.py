"""Work of the workers on papers: their files."""

from celery import shared_task

from events.papers.models import PaperCopy
from wellbeing.lib import sent_files


@shared_task(name="events.tasks.clean_paper", soft_time_limit=60, time_limit=75)
def clean_paper(pk):
    """Check one file and make its clean copy. Runs in the queue of receipts: see CELERY_TASK_ROUTES."""
    sent_files.make_clean(PaperCopy, pk)


@shared_task(name="events.tasks.sweep_papers")
def sweep_papers():
    """Hand out again the files of papers that nobody has checked and nobody is working on."""
    sent_files.hand_out_lost(PaperCopy, clean_paper)
