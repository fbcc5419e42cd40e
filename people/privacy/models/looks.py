"""Who read what is sensitive about somebody: a row for each reader, person, kind and day."""

import datetime as dt

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.directory.models import Person
from wellbeing.lib.texts import WordsField


class Look(models.Model):
    """That `reader` read something of one kind about `person` on a day, in which role.

    Small and of one day, so that its table can be cut by days when it grows. A row more than one a day is never
    written.
    """

    class Kind(models.TextChoices):
        NEEDS = "needs", _("What you need to take part")
        BANK = "bank", _("Your bank details")
        MONITORING = "monitoring", _("Answers about equality")
        NOTES = "notes", _("Notes about you")
        COPY = "copy", _("Your copy of what we hold")

    reader = models.ForeignKey(Person, verbose_name=_("reader"), on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="looks")
    kind = models.CharField(_("what was read"), max_length=12, choices=Kind)
    role = models.CharField(_("in the role of"), max_length=40, blank=True)
    on = models.DateField(_("day"), default=timezone.localdate)

    class Meta:
        verbose_name = _("look")
        verbose_name_plural = _("looks")
        ordering = ["-on", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["person", "on", "reader", "kind"], name="one_look_per_day"),
        ]
        triggers = [pgtrigger.Protect(name="looks_stay", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.on}"


class EmergencyLookQuerySet(models.QuerySet["EmergencyLook"]):
    def open(self, now: dt.datetime) -> "EmergencyLookQuerySet":
        """Return those whose time is not over at `now`."""
        return self.filter(opened_at__lte=now, closes_at__gt=now)


@pghistory.track()
class EmergencyLook(models.Model):
    """That somebody without the right opened the access needs of a person in an emergency: why, and until when."""

    reader = models.ForeignKey(Person, verbose_name=_("opened by"), on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="emergency_looks"
    )
    reason = WordsField(_("why"), max_length=500)
    opened_at = models.DateTimeField(_("opened"), default=timezone.now)
    closes_at = models.DateTimeField(_("open until"))

    objects = EmergencyLookQuerySet.as_manager()

    class Meta:
        verbose_name = _("look in an emergency")
        verbose_name_plural = _("looks in emergencies")
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="emergency_look_says_why"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opened_at")), name="emergency_look_ends"),
        ]
        triggers = [pgtrigger.Protect(name="emergency_looks_stay", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.opened_at:%Y-%m-%d}"
