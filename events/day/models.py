"""Attendance: the people who came to an event, and what was noted at the door meanwhile."""

import uuid

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.planning.models import Event


@pghistory.track()
class Attendance(models.Model):
    """The record by staff that a person came to an event, or did not."""

    event = models.ForeignKey(Event, verbose_name=_("event"), on_delete=models.PROTECT, related_name="attendances")
    person = models.ForeignKey(
        "people.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="attendances"
    )
    came = models.BooleanField(_("came"))
    hours = models.DecimalField(
        _("hours there"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Where somebody was there for part of the event, or longer. Empty: from its start to its end."),
    )
    recorded_by = models.ForeignKey(
        "people.Person", verbose_name=_("recorded by"), on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded"), default=timezone.now)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        ordering = ["person__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "person"], name="one_attendance_per_person"),
            models.CheckConstraint(
                condition=Q(hours=None) | Q(came=True, hours__gt=0), name="hours_are_of_somebody_who_came"
            ),
        ]

    def __str__(self):
        return f"{self.person}, {self.event}"


@pghistory.track()
class DayThere(models.Model):
    """The hours that somebody was there on one day of an event over several days. No row: not there that day."""

    attendance = models.ForeignKey(
        Attendance, verbose_name=_("attendance"), on_delete=models.CASCADE, related_name="days_there"
    )
    day = models.PositiveSmallIntegerField(_("day of the event"))
    hours = models.DecimalField(_("hours there"), max_digits=4, decimal_places=2)

    class Meta:
        verbose_name = _("day somebody was there")
        verbose_name_plural = _("days people were there")
        ordering = ["attendance", "day"]
        constraints = [
            models.UniqueConstraint(fields=["attendance", "day"], name="one_record_of_a_day_there"),
            models.CheckConstraint(condition=Q(hours__gt=0, hours__lte=24, day__gte=1), name="a_day_there_has_hours"),
        ]

    def __str__(self):
        return f"{self.attendance}, {self.day}"


class DoorNote(models.Model):
    """A tap at the door: that somebody arrived or left, or that the last of these was a mistake.

    Kept as it was sent, by a key that the device made: sent twice, it is kept once. The notes of a person in the order
    of `at`, the time on the device, say whether they are there.
    """

    class What(models.TextChoices):
        ARRIVED = "arrived", _("Arrived")
        LEFT = "left", _("Left")
        UNDONE = "undone", _("Not so")

    key = models.UUIDField(_("key from the device"), unique=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, verbose_name=_("event"), on_delete=models.PROTECT, related_name="door_notes")
    person = models.ForeignKey("people.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="+")
    what = models.CharField(_("what"), max_length=10, choices=What)
    at = models.DateTimeField(_("at"))
    supporters = models.PositiveSmallIntegerField(_("supporters who came with them"), default=0)
    noted_by = models.ForeignKey(
        "people.Person", verbose_name=_("noted by"), on_delete=models.PROTECT, related_name="+"
    )
    received_at = models.DateTimeField(_("received"), default=timezone.now)

    class Meta:
        verbose_name = _("note at the door")
        verbose_name_plural = _("notes at the door")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(supporters=0) | Q(what="arrived", supporters__lte=9), name="supporters_arrive_with_somebody"
            )
        ]
        triggers = [
            pgtrigger.Protect(name="door_notes_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.person}, {self.get_what_display()}"
