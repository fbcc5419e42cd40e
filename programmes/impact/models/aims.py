"""The vision of a programme and its aims, in dated versions: one that was replaced stays readable."""

import datetime as dt

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from programmes.programme.models.programmes import Programme
from wellbeing.lib.texts import LimitedTextField, LineField

MAX_SIGNS = 2000


class VisionQuerySet(models.QuerySet["Vision"]):
    def effective_on(self, on: dt.date) -> "Vision | None":
        """Return the vision on the day `on`, or None."""
        return self.filter(effective_from__lte=on).order_by("-effective_from", "-pk").first()


class Vision(models.Model):
    """The vision of a programme, from a day on. Rows never change."""

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="visions"
    )
    words = LimitedTextField(_("the vision"), max_length=2000)
    agreed_at = LineField(_("where it was agreed"), max_length=150, blank=True)
    effective_from = models.DateField(_("starts"), default=timezone.localdate)
    written_by = models.ForeignKey(
        "people.Person", verbose_name=_("written down by"), on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField(_("written down"), default=timezone.now)

    objects = VisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("vision")
        verbose_name_plural = _("visions")
        ordering = ["programme", "-effective_from", "-pk"]
        triggers = [
            pgtrigger.Protect(name="visions_are_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="visions_never_change",
                operation=pgtrigger.UpdateOf("programme_id", "words", "agreed_at", "effective_from", "written_at"),
            ),
        ]

    def __str__(self) -> str:
        return self.words


class AimQuerySet(models.QuerySet["Aim"]):
    def effective_on(self, on: dt.date) -> "AimQuerySet":
        """Return the aims on the day `on`, in their order."""
        rows = self.filter(Q(ends_on=None) | Q(ends_on__gt=on), starts_on__lte=on)
        return rows.order_by("position", "pk")

    def over(self, on: dt.date) -> "AimQuerySet":
        """Return the aims that had ended by the day `on`, the latest first."""
        return self.filter(ends_on__lte=on).order_by("-ends_on", "-pk")


class Aim(models.Model):
    """One aim on the way to the vision, and the signs that would show that it is reached.

    Its words never change: another aim takes its place, and this one stays readable.
    """

    programme = models.ForeignKey(Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="aims")
    title = LineField(_("the aim"), max_length=200)
    signs = LimitedTextField(
        _("what would show that we are there"), max_length=MAX_SIGNS, help_text=_("One sign in each line.")
    )
    position = models.PositiveSmallIntegerField(_("place in the order"))
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(_("until"), null=True, blank=True, help_text=_("The first day it no longer holds."))
    ended_because = LimitedTextField(_("why it ended"), max_length=1000, blank=True)
    replaces = models.OneToOneField(
        "programmes.Aim",
        verbose_name=_("takes the place of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaced_by",
    )
    written_by = models.ForeignKey(
        "people.Person", verbose_name=_("written down by"), on_delete=models.PROTECT, related_name="+"
    )

    objects = AimQuerySet.as_manager()

    class Meta:
        verbose_name = _("aim")
        verbose_name_plural = _("aims")
        ordering = ["programme", "position", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(signs=""), name="aim_has_a_sign"),
            models.CheckConstraint(
                condition=Q(ends_on=None, ended_because="")
                | (Q(ends_on__isnull=False, ends_on__gte=F("starts_on")) & ~Q(ended_because="")),
                name="aim_that_ended_says_why",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="aims_are_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="aims_never_change",
                operation=pgtrigger.UpdateOf("programme_id", "title", "signs", "starts_on", "replaces_id"),
            ),
            pgtrigger.Protect(
                name="aims_that_ended_stay_ended",
                operation=pgtrigger.UpdateOf("ends_on", "ended_because"),
                condition=pgtrigger.Q(old__ends_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def sign_lines(self) -> list[str]:
        """Return the signs, one by one."""
        return [line.strip() for line in self.signs.splitlines() if line.strip()]
