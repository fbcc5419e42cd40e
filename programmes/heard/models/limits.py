"""How small a count of people may be shown."""

import datetime as dt
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wellbeing.lib.prepared import prepared


@prepared
def _newest(readers: str, on: dt.date) -> models.QuerySet[Any, Any]:
    rows = FewestShown.objects.filter(readers=readers, effective_from__lte=on).order_by("-effective_from", "-pk")
    return rows.values_list("fewest")[:1]


class FewestShownQuerySet(models.QuerySet["FewestShown"]):
    def effective_on(self, on: dt.date, readers: str) -> int:
        """Return the smallest count of people that `readers` may be shown on the day `on`."""
        # A row from long ago comes with the database.
        return _newest(readers, on)[0][0]


class FewestShown(models.Model):
    """The smallest count of people that is shown to members of a programme, or to the public, from a day on."""

    class Readers(models.TextChoices):
        MEMBERS = "members", _("People of a programme")
        PUBLIC = "public", _("Everybody")

    readers = models.CharField(_("who reads it"), max_length=10, choices=Readers)
    effective_from = models.DateField(_("starts"))
    fewest = models.PositiveSmallIntegerField(
        _("smallest number shown"), help_text=_("Counts of people below it are left out.")
    )

    objects = FewestShownQuerySet.as_manager()

    class Meta:
        verbose_name = _("smallest count of people that is shown")
        verbose_name_plural = _("smallest counts of people that are shown")
        ordering = ["readers", "-effective_from"]
        constraints = [
            models.UniqueConstraint(fields=["readers", "effective_from"], name="one_fewest_shown_a_day"),
            models.CheckConstraint(condition=Q(fewest__range=(2, 100)), name="fewest_shown_from_two_to_a_hundred"),
            models.CheckConstraint(condition=Q(readers__in=["members", "public"]), name="fewest_shown_readers_known"),
        ]
        triggers = [
            pgtrigger.Protect(name="fewest_shown_is_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.get_readers_display()}: {self.fewest}"
