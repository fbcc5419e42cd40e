"""Long work done by a worker, with progress that survives a closed page and a killed worker."""

import datetime as dt

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from people import registry
from wellbeing.lib.types import Text


class JobQuerySet(models.QuerySet["Job"]):
    def stalled(self, now: dt.datetime) -> "JobQuerySet":
        """Return unfinished jobs nobody has touched for a while: the broker lost them or their worker died."""
        return self.filter(status__in=[Job.Status.WAITING, Job.Status.RUNNING], touched_at__lt=now - Job.silence())

    def due(self, now: dt.datetime) -> "JobQuerySet":
        """Return jobs a worker should take: waiting ones, and those whose worker has fallen silent."""
        return self.filter(
            Q(status=Job.Status.WAITING) | Q(status=Job.Status.RUNNING, touched_at__lt=now - Job.silence())
        )

    def oldest_due(self, now: dt.datetime) -> dt.datetime | None:
        """Return the moment from which the longest waiting job has been due, or None.

        A job never taken has waited since it was asked for; one to be done again since it was put back; a running one
        counts from its last sign of life, once its worker has fallen silent.
        """
        waiting, running = Q(status=Job.Status.WAITING), Q(status=Job.Status.RUNNING)
        moments = self.filter(status__in=[Job.Status.WAITING, Job.Status.RUNNING]).aggregate(
            new=Min("created_at", filter=waiting & Q(attempts=0)),
            again=Min(
                "touched_at", filter=waiting & Q(attempts__gt=0) | running & Q(touched_at__lt=now - Job.silence())
            ),
        )
        return min(filter(None, moments.values()), default=None)


# Every step of progress is no history; that it ran, who asked and how it ended is.
@pghistory.track(exclude=["done", "total", "touched_at"])
class Job(models.Model):
    """One piece of long work. `kind` and `subject_id` say which (`people.registry` maps a kind to the work itself).

    At most one unfinished job of a kind exists for a subject, so pressing the button twice starts one.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting to start")
        RUNNING = "running", _("Under way")
        DONE = "done", _("Done")
        FAILED = "failed", _("Stopped by a problem")

    # Work that has lost its worker this often will lose the next one too, until somebody presses Try again.
    MAX_ATTEMPTS = 5
    # How soon a page that shows unfinished work looks again by itself, where there is no JavaScript to ask.
    REFRESH_SECONDS = 5

    kind = models.CharField(_("kind"), max_length=40)
    subject_id = models.BigIntegerField(_("subject"))
    started_by = models.ForeignKey(
        "people.Person", verbose_name=_("started by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.WAITING)
    total = models.PositiveIntegerField(_("steps in all"), default=0)
    done = models.PositiveIntegerField(_("steps done"), default=0)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    problem = models.CharField(_("what went wrong"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    touched_at = models.DateTimeField(_("last sign of life"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    # When this worker last wrote its progress, by time.monotonic(): in memory alone.
    written_at = 0.0

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("long work")
        verbose_name_plural = _("long work")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id"],
                condition=Q(status__in=["waiting", "running"]),
                name="one_unfinished_job_per_subject",
            ),
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="job_done_within_total"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}: {self.get_status_display()}"

    @staticmethod
    def silence() -> dt.timedelta:
        """Return how long a running job may show no sign of life before it counts as having lost its worker."""
        return dt.timedelta(seconds=settings.JOB_SILENCE_SECONDS)

    @property
    def is_finished(self) -> bool:
        return self.status in {self.Status.DONE, self.Status.FAILED}

    @property
    def refresh_seconds(self) -> int | None:
        """Return the seconds after which a page that shows it looks again; None once it is finished."""
        return None if self.is_finished else self.REFRESH_SECONDS

    @property
    def title(self) -> Text:
        """Name the work by its kind."""
        return registry.job_kinds[self.kind].title

    @property
    def state(self) -> str:
        """Return the status in the words of the progress component: queued, running, done or failed."""
        return "queued" if self.status == self.Status.WAITING else str(self.status)

    @property
    def text(self) -> str:
        """Tell its reader how far the work is, in a sentence."""
        if self.status == self.Status.FAILED:
            return self.problem
        if self.status == self.Status.RUNNING:
            return _now("%(done)s of %(total)s done. You can close this page: the work goes on.") % {
                "done": self.done,
                "total": self.total,
            }
        return _now("Finished") if self.status == self.Status.DONE else _now("Waiting to start")

    @property
    def percent(self) -> int:
        """Return the whole percent done, 0 to 100."""
        if self.status == self.Status.DONE:
            return 100
        return self.done * 100 // self.total if self.total else 0
