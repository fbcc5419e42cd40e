"""Ask which long work is under way."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from people.jobs.models import Job

UNFINISHED = (Job.Status.WAITING, Job.Status.RUNNING)


def is_under_way(kind: str, subject_id: int) -> bool:
    """Return whether work of this kind waits or runs for the subject."""
    return unfinished(kind, subject_id) is not None


def making(kind: str, rows: Iterable[Any]) -> Job | None:
    """Return the newest Job of this kind for those of `rows` (FileToMake) that are not made, or None."""
    waiting = [row.pk for row in rows if not row.is_made]
    return Job.objects.filter(kind=kind, subject_id__in=waiting).order_by("-pk").first()


def unfinished(kind: str, subject_id: int) -> Job | None:
    """Return the Job of this kind that waits or runs for the subject, or None."""
    return Job.objects.filter(kind=kind, subject_id=subject_id, status__in=UNFINISHED).first()


def failed_lately(now: dt.datetime) -> QuerySet[Job]:
    """Return long work that failed in the last seven days."""
    return Job.objects.filter(status=Job.Status.FAILED, finished_at__gte=now - dt.timedelta(days=7))
