"""Breaks that people take from a programme, and their wish to come back after they left."""

import datetime as dt

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.directory.fields import who_field
from programmes.programme.models.programmes import Programme
from wellbeing.lib.texts import LimitedTextField


class PauseQuerySet(models.QuerySet["Pause"]):
    def holding_on(self, on: dt.date) -> "PauseQuerySet":
        """Return the breaks in which the day `on` is."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)

    def not_over(self, on: dt.date) -> "PauseQuerySet":
        """Return the breaks that go on, or begin, on the day `on` or later."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on))


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Pause(models.Model):
    """A break that somebody takes from a programme: nobody asks them for anything, and they keep their roles.

    One that is taken back before it began is deleted; its history stays.
    """

    person = models.ForeignKey(
        "people.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="pauses"
    )
    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="pauses"
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    set_by = models.ForeignKey("people.Person", verbose_name=_("noted by"), on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(_("noted"), default=timezone.now)

    objects = PauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("break")
        verbose_name_plural = _("breaks")
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="pause_ends_after_it_begins"
            ),
            ExclusionConstraint(
                name="one_pause_at_a_time",
                expressions=[
                    ("person", "="),
                    ("programme", "="),
                    (Func("starts_on", "ends_on", Value("[]"), function="daterange"), "&&"),
                ],
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="pauses_stay_of_their_person", fields=["person", "programme", "starts_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.starts_on}"


class ComebackQuerySet(models.QuerySet["Comeback"]):
    def waiting(self) -> "ComebackQuerySet":
        """Return the wishes that nobody has answered yet."""
        return self.filter(answered_at=None)


@pghistory.track()
class Comeback(models.Model):
    """The wish of somebody who left a programme to come back. Staff answer it: yes gives them their role again."""

    person = models.ForeignKey(
        "people.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="comebacks"
    )
    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="comebacks"
    )
    words = LimitedTextField(_("what they would like"), max_length=2000, blank=True)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = who_field(_("answered by"))
    is_welcome = models.BooleanField(_("come back"), null=True, blank=True)
    answer = LimitedTextField(_("what they were told"), max_length=2000, blank=True)

    objects = ComebackQuerySet.as_manager()

    class Meta:
        verbose_name = _("wish to come back")
        verbose_name_plural = _("wishes to come back")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "programme"], condition=Q(answered_at=None), name="one_comeback_waits"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, is_welcome=None, answer="")
                | Q(answered_at__isnull=False, answered_by__isnull=False, is_welcome=True)
                | (Q(answered_at__isnull=False, answered_by__isnull=False, is_welcome=False) & ~Q(answer="")),
                name="comeback_is_answered_whole",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="comebacks_are_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="comebacks_stay_as_answered",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.programme}"
