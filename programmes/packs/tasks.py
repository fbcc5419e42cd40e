"""Work of the workers on welcome packs: the files of their papers."""

from celery import shared_task

from programmes.packs.models import WelcomeCopy
from wellbeing.lib import sent_files


@shared_task(name="programmes.tasks.clean_welcome_copy", soft_time_limit=60, time_limit=75)
def clean_welcome_copy(pk):
    """Check one file and make its clean copy. Runs in the queue of receipts: see CELERY_TASK_ROUTES."""
    sent_files.make_clean(WelcomeCopy, pk)


@shared_task(name="programmes.tasks.sweep_welcome_copies")
def sweep_welcome_copies():
    """Hand out again the files that nobody has checked and nobody is working on."""
    sent_files.hand_out_lost(WelcomeCopy, clean_welcome_copy)
