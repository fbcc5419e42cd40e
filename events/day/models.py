"""Attendance: the people who came to an event."""

import pghistory
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
