"""Sessions of an event: what happens when, in which room, and who runs it."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast, Extract, Lower
from django.utils.translation import gettext_lazy as _

from events.planning.calculations import EventDay
from events.planning.models import Event
from events.sessions.triggers import INSIDE_THEIR_DAY, TECHNIQUE_OF_THE_PROGRAMME
from wellbeing.lib.texts import LimitedTextField, LineField


class Technique(models.Model):
    """A way of working in a session, such as a world café. Those without a programme are there for every one."""

    programme = models.ForeignKey(
        "programmes.Programme",
        verbose_name=_("programme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="techniques",
    )
    name = LineField(_("name"), max_length=100)

    class Meta:
        verbose_name = _("technique")
        verbose_name_plural = _("techniques")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint("programme", Lower("name"), name="one_technique_of_a_name", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return self.name


def _seconds(field: str) -> Cast:
    return Cast(Extract(F(field), "epoch"), models.IntegerField())


@pghistory.track()
class EventSession(models.Model):
    """A part of one day of an event. It has the number of its day and times of day, so it moves with its event."""

    event = models.ForeignKey(Event, verbose_name=_("event"), on_delete=models.CASCADE, related_name="sessions")
    day = models.PositiveSmallIntegerField(_("day of the event"), default=1)
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("to"))
    title = LineField(_("title"), max_length=150)
    aim = LimitedTextField(_("what it is for"), max_length=2000, blank=True)
    technique = models.ForeignKey(
        Technique,
        verbose_name=_("technique"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sessions",
    )
    room = LineField(_("room"), max_length=100, blank=True)
    link = models.URLField(_("breakout link"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["event", "day", "starts", "ends", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="session_ends_after_start"),
            ExclusionConstraint(
                name="one_session_in_a_room_at_a_time",
                expressions=[
                    ("event", "="),
                    ("day", "="),
                    (Lower("room"), "="),
                    (Func(_seconds("starts"), _seconds("ends"), Value("[)"), function="int4range"), "&&"),
                ],
                condition=~Q(room=""),
            ),
        ]
        triggers = [INSIDE_THEIR_DAY, TECHNIQUE_OF_THE_PROGRAMME]

    def __str__(self) -> str:
        return self.title

    @property
    def event_day(self) -> EventDay:
        """Return the day of the event on which it is."""
        return self.event.days[self.day - 1]


@pghistory.track()
class SessionFacilitator(models.Model):
    """Somebody who helps to run a session: its facilitator, or one beside them."""

    session = models.ForeignKey(
        EventSession, verbose_name=_("session"), on_delete=models.CASCADE, related_name="facilitators"
    )
    person = models.ForeignKey("people.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="+")
    is_co = models.BooleanField(_("beside the facilitator"), default=False)

    class Meta:
        verbose_name = _("facilitator of a session")
        verbose_name_plural = _("facilitators of sessions")
        ordering = ["is_co", "person__sort_key", "pk"]
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="one_part_in_a_session")]

    def __str__(self) -> str:
        return f"{self.person}, {self.session}"
