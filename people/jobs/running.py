"""Do long work in a worker: take it, show progress, and take it up again after a worker was killed.

Every take counts up `Job.attempts`, and a worker writes only while the number it took is still the one in the row. So a
worker that was thought dead, but was only slow, stops at its next sign of life instead of working beside another.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from people import registry
from people.jobs.models import Job
from wellbeing.lib import history
from wellbeing.lib.errors import ActionError
from wellbeing.lib.stored_files import fill_once

logger = logging.getLogger(__name__)

# Progress is written at most this often; a page asks about once a second.
WRITE_EVERY_SECONDS = 1
# How many signs of life a worker gives within Job.silence(): some may be late or lost.
SIGNS_IN_A_SILENCE = 6


class TakenOverError(Exception):
    """Another worker has this work now: stop, without writing anything."""


def run(pk: int) -> None:
    """Do the work of the job `pk` if it waits to start. An error is written on the job, never raised."""
    job = _take(pk)
    if job is None:
        return
    try:
        kind = registry.job_kinds[job.kind]
        # The history names the work, as every kind runs in the one task.
        with _signs_of_life(job), history.automatic(job=job.kind):
            kind.run(job)
    except TakenOverError:
        logger.warning("Job %s has another worker now.", pk)
    except ActionError as error:
        _finish(job, Job.Status.FAILED, str(error))
    except Exception:
        logger.exception("Job %s stopped.", pk)
        _finish(
            job,
            Job.Status.FAILED,
            _("Something went wrong that we did not expect. Try again; if it stops again, tell your administrator."),
        )
    else:
        _finish(job, Job.Status.DONE)


@contextmanager
def _signs_of_life(job: Job) -> Iterator[None]:
    """Show that the worker lives while the block runs, also during one long step, several times in each silence.

    A thread does it, over a database connection of its own. It ends with the block, with the process, however that
    dies, and when another worker has the job. Work that hangs for good is ended with its process by Celery's time
    limit.
    """
    over = threading.Event()

    def show() -> None:
        try:
            while not over.wait(settings.JOB_SILENCE_SECONDS / SIGNS_IN_A_SILENCE):
                try:
                    if not _mine(job).update(touched_at=timezone.now()):
                        return
                except DatabaseError:
                    # The next sign may get through; the work itself finds out what is wrong.
                    logger.warning("A sign of life of job %s could not be written.", job.pk)
                    connection.close()
        finally:
            connection.close()

    thread = threading.Thread(target=show, name=f"job-{job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _mine(job: Job) -> QuerySet[Job]:
    """Return the row of the job while this worker has it."""
    return Job.objects.filter(pk=job.pk, status=Job.Status.RUNNING, attempts=job.attempts)


def progress(job: Job, done: int, total: int | None = None) -> None:
    """Record how far the work is: `done` of `total` steps. Call it often: it writes at most once a second.

    It is a sign of life, too. Call it outside a transaction, or nobody sees it before the commit. Raises TakenOverError
    when another worker has the work by now.
    """
    total = job.total if total is None else total
    now = time.monotonic()
    complete = done >= total
    if not complete and now - job.written_at < WRITE_EVERY_SECONDS:
        return
    job.written_at = now
    job.done, job.total = min(done, total), total
    if not _mine(job).update(done=job.done, total=job.total, touched_at=timezone.now()):
        raise TakenOverError


def make_once(job: Job, row: Any, name: str, draw: Callable[[], bytes]) -> None:
    """Do the one step of `job`: keep the PDF that `draw()` returns as the file `name` of `row`, unless it is made.

    `row` is a FileToMake. Safe to run twice and to be killed half-way. Raises TakenOverError as `progress` does.
    """
    if not row.is_made:
        fill_once(row, name, draw())
    progress(job, 1, 1)


def put_stalled_back(stalled: QuerySet[Job]) -> list[int]:
    """Put silent jobs back to waiting and return the ids to start.

    A job that keeps losing its worker becomes failed.
    """
    with transaction.atomic():
        rows = list(stalled.select_for_update(skip_locked=True))
        for job in rows:
            # Work that only waits was lost on its way to a worker; work that ran has lost its worker.
            if job.status == Job.Status.RUNNING and job.attempts % Job.MAX_ATTEMPTS == 0:
                job.status = Job.Status.FAILED
                job.finished_at = timezone.now()
                job.problem = _(
                    "This was started %s times and stopped before it finished. Tell your administrator."
                ) % (job.attempts)
            else:
                job.status = Job.Status.WAITING
            job.touched_at = timezone.now()
            job.save(update_fields=["status", "finished_at", "problem", "touched_at"])
    return [job.pk for job in rows if job.status == Job.Status.WAITING]


def _take(pk: int) -> Job | None:
    taken = Job.objects.filter(pk=pk, status=Job.Status.WAITING).update(
        status=Job.Status.RUNNING, attempts=F("attempts") + 1, touched_at=timezone.now()
    )
    return Job.objects.get(pk=pk) if taken else None


def _finish(job: Job, status: str, problem: str = "") -> None:
    now = timezone.now()
    fields = {"status": status, "problem": problem[:500], "finished_at": now, "touched_at": now}
    if status == Job.Status.DONE:
        fields["done"] = F("total")
    _mine(job).update(**fields)


def finish(job: Job) -> None:
    """Mark the job done from within its own work, in the work's last transaction.

    For work that others may add to until it is done: while it holds the lock the others need, it looks for the last
    time, finds nothing left and closes. Anyone who comes later starts a new job, so that nothing is lost in between.
    """
    _finish(job, Job.Status.DONE)
