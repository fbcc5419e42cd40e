"""Files that people send, kept beside what they belong to: the fields that `wellbeing.lib.sent_files` works on."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Min, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wellbeing.lib.texts import LineField


class SentFileQuerySet(models.QuerySet[Any]):
    def due(self, now: dt.datetime) -> "SentFileQuerySet":
        """Return the files a worker should take: not checked yet, and not taken by one whose lease still runs."""
        lease = dt.timedelta(seconds=settings.RECEIPT_LEASE_SECONDS)
        return self.filter(Q(taken_at=None) | Q(taken_at__lt=now - lease), status=SentFile.Status.CHECKING)

    def oldest_due(self, now: dt.datetime) -> dt.datetime | None:
        """Return when the file arrived that has waited longest to be checked, or None. One under way counts."""
        return self.filter(status=SentFile.Status.CHECKING).aggregate(oldest=Min("added_at"))["oldest"]


class SentFile(models.Model):
    """A photo or PDF that somebody sent: as it arrived until a worker has checked it, then a clean copy."""

    class Status(models.TextChoices):
        CHECKING = "checking", _("Being checked")
        READY = "ready", _("Ready")
        REFUSED = "refused", _("Could not be read")

    original_name = LineField(_("name it arrived with"), max_length=200)
    content_type = models.CharField(_("type"), max_length=60)
    size = models.PositiveIntegerField(_("bytes"))
    sha256 = models.CharField(_("fingerprint as it arrived"), max_length=64)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.CHECKING)
    problem = models.CharField(_("what is wrong with it"), max_length=300, blank=True)
    tries = models.PositiveSmallIntegerField(_("times a worker tried to open it"), default=0)
    taken_at = models.DateTimeField(_("taken by a worker"), null=True, blank=True)
    added_by = models.ForeignKey(
        "people.Person", verbose_name=_("added by"), on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(_("added"), default=timezone.now)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.original_name

    @property
    def is_ready(self) -> bool:
        return self.status == SentFile.Status.READY
