"""Look for records that may be one person, in a worker."""

from people.jobs import running
from people.jobs.models import Job
from programmes.doubles import actions
from programmes.programme.models.programmes import Programme

KIND = "doubles"


def look(job: Job) -> None:
    """Look through the programme `job.subject_id`."""
    actions.look(programme=Programme.objects.get(pk=job.subject_id), by=None)
    running.progress(job, 1, 1)
