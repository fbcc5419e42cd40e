"""Rows due to be removed because they were kept long enough: listed first, then removed."""

import datetime as dt

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.directory.fields import who_field
from wellbeing.lib.texts import WordsField


class DueQuerySet(models.QuerySet["DueForRetention"]):
    def listed(self) -> "DueQuerySet":
        """Return what waits for its day."""
        return self.filter(done_at=None, held_at=None)

    def due(self, on: dt.date) -> "DueQuerySet":
        """Return what is to be removed by the day `on`."""
        return self.listed().filter(removed_on__lte=on)


class DueForRetention(models.Model):
    """One thing that was kept as long as its rule says: when it was listed, and when it goes.

    `kind` and `subject_id` say which (`people.privacy.hooks.retention_kinds`). A colleague may hold it, with the
    reason; then it stays.
    """

    kind = models.CharField(_("kind"), max_length=20)
    subject_id = models.BigIntegerField(_("subject"))
    since = models.DateField(_("kept since"))
    listed_on = models.DateField(_("listed"), default=timezone.localdate)
    removed_on = models.DateField(_("goes on"))
    done_at = models.DateTimeField(_("removed"), null=True, blank=True)
    held_at = models.DateTimeField(_("held"), null=True, blank=True)
    held_by = who_field(_("held by"))
    held_why = WordsField(_("why it stays"), max_length=300, blank=True)
    problem = models.CharField(_("why it could not be removed"), max_length=300, blank=True)

    objects = DueQuerySet.as_manager()

    class Meta:
        verbose_name = _("due to be removed")
        verbose_name_plural = _("due to be removed")
        ordering = ["removed_on", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id"], condition=Q(done_at=None), name="one_line_per_thing_due"
            ),
            models.CheckConstraint(
                condition=Q(held_at=None, held_by=None, held_why="")
                | (Q(held_at__isnull=False, held_by__isnull=False, done_at=None) & ~Q(held_why="")),
                name="held_says_who_and_why",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="retention_is_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="retention_is_only_answered",
                exclude=["done_at", "held_at", "held_by", "held_why", "problem", "removed_on"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}: {self.removed_on}"
