"""Files that nothing names any more, and that could not be removed when that became so."""

import datetime as dt

from django.db import models
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wellbeing.lib.texts import LineField


class FileToRemoveQuerySet(models.QuerySet["FileToRemove"]):
    def due(self, now: dt.datetime) -> "FileToRemoveQuerySet":
        """Return those a worker should remove: all of them."""
        return self.filter(since__lte=now)

    def oldest_due(self, now: dt.datetime) -> dt.datetime | None:
        """Return since when the one that has waited longest should be gone, or None."""
        return self.due(now).aggregate(oldest=Min("since"))["oldest"]


class FileToRemove(models.Model):
    """A private file that its storage did not remove, by its name there. The row goes when the file has gone."""

    name = LineField(_("name"), max_length=300, unique=True)
    since = models.DateTimeField(_("since"), default=timezone.now)

    objects = FileToRemoveQuerySet.as_manager()

    class Meta:
        verbose_name = _("file to remove")
        verbose_name_plural = _("files to remove")
        ordering = ["since", "pk"]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
