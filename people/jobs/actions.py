"""Start long work, and start it again."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.jobs import tasks
from people.jobs.models import Job
from people.jobs.queries import unfinished
from wellbeing.lib.actions import action
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User
from wellbeing.lib.workers import send_to_worker


class JobError(ActionError):
    """Long work cannot be started as things stand."""


@action
def start(*, kind: str, subject_id: int, by: User | None, total: int = 0) -> Job:
    """Start long work after commit and return its Job. If this kind and subject have an unfinished one, return that.

    `total` is the number of steps if it is known. `by` is None where nobody is to be named.
    """
    job = unfinished(kind, subject_id)
    if job is None:
        try:
            with transaction.atomic():
                job = Job.objects.create(
                    kind=kind, subject_id=subject_id, started_by=by.person if by else None, total=total
                )
        except IntegrityError:
            # Somebody pressed the same button at the same moment.
            return unfinished(kind, subject_id) or start(kind=kind, subject_id=subject_id, by=by, total=total)
        _kick(job)
    return job


@action
def try_again(*, job: Job, by: User | None) -> Job:
    """Start failed work again and return the Job that runs now.

    Raises JobError when it has not failed. Locks the job.
    """
    job = Job.objects.select_for_update().get(pk=job.pk)
    if job.status != Job.Status.FAILED:
        raise JobError(_("This has not failed, so there is nothing to try again."))
    under_way = unfinished(job.kind, job.subject_id)
    if under_way:
        return under_way
    job.status = Job.Status.WAITING
    job.problem = ""
    job.done = 0
    job.finished_at = None
    job.touched_at = timezone.now()
    try:
        with transaction.atomic():
            job.save()
    except IntegrityError:
        return unfinished(job.kind, job.subject_id) or job
    _kick(job)
    return job


def _kick(job: Job) -> None:
    transaction.on_commit(lambda: send_to_worker(tasks.run_job, job.pk))
