"""Do long work in workers, and start again what a failure left behind."""

from celery import shared_task
from django.utils import timezone

from people.jobs import running
from people.jobs.models import Job
from wellbeing.lib.workers import send_to_worker


@shared_task(name="people.tasks.run_job")
def run_job(pk):
    """Do a piece of long work that waits to start."""
    running.run(pk)


@shared_task(name="people.tasks.sweep_jobs")
def sweep_jobs():
    """Start again the work that the broker lost or whose worker died."""
    for pk in running.put_stalled_back(Job.objects.stalled(timezone.now())):
        send_to_worker(run_job, pk)
