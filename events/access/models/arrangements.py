"""Arrangements so that people can take part in an event: by whom, by when, and whether each is done."""

import datetime as dt
from typing import TYPE_CHECKING, Any

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.planning.models import Event
from people.directory.fields import who_field
from people.needs.models import AccessNeed
from programmes.models import Role, programmes_where
from wellbeing.lib.states import steps_trigger
from wellbeing.lib.texts import LimitedTextField, LineField
from wellbeing.lib.types import User


class ArrangementDaysQuerySet(models.QuerySet["ArrangementDays"]):
    def before_event(self, on: dt.date) -> dict[str, int]:
        """Return by kind how many days before an event it must be arranged, as the rules of the day `on` say.

        The kind "" is for every kind without a rule of its own.
        """
        rows = self.filter(effective_from__lte=on).order_by("effective_from", "pk")
        return dict(rows.values_list("kind", "days_before"))


class ArrangementDays(models.Model):
    """How many days before an event a kind of access need must be arranged, from a day on. No kind: all others.

    A row is never changed, so it is its own history.
    """

    kind = models.CharField(_("need"), max_length=20, choices=AccessNeed.Kind, blank=True)
    effective_from = models.DateField(_("starts"))
    days_before = models.PositiveSmallIntegerField(_("days before the event"))

    objects = ArrangementDaysQuerySet.as_manager()

    class Meta:
        verbose_name = _("days before an event that an arrangement must be done")
        verbose_name_plural = _("days before an event that arrangements must be done")
        ordering = ["kind", "-effective_from"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "effective_from"], name="one_arrangement_days_a_day"),
            models.CheckConstraint(condition=Q(days_before__lte=365), name="arrangement_days_within_a_year"),
        ]
        triggers = [pgtrigger.Protect(name="arrangement_days_stay", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_kind_display() or '*'}: {self.days_before}"


class ArrangementQuerySet(models.QuerySet["Arrangement"]):
    def visible_to(self, user: User) -> "ArrangementQuerySet":
        """Return arrangements of programmes where `user` is staff, and those `user` sees to; all for administrators."""
        if not user.is_authenticated:
            return self.none()
        if user.is_administrator:
            return self
        staff = Q(event__programme__in=programmes_where(user, Role.STAFF))
        return self.filter(staff | (Q(owner__user=user) & ~Q(status=ArrangementStatus.DROPPED)))

    def live(self) -> "ArrangementQuerySet":
        """Return arrangements that are still wanted."""
        return self.exclude(status=ArrangementStatus.DROPPED)

    def to_look_at(self) -> "ArrangementQuerySet":
        """Return arrangements behind which something changed that nobody has looked at."""
        changed = self.model._meta.apps.get_model("events", "EventNeed").objects.exclude(change="")
        return self.filter(~Q(change="") | Exists(changed.filter(arrangement=OuterRef("pk"))))


class ArrangementStatus(models.TextChoices):
    TO_DO = "to_do", _("To do")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("No longer needed")


ARRANGEMENT_STEPS = {
    ArrangementStatus.TO_DO: (ArrangementStatus.DONE, ArrangementStatus.DROPPED),
    ArrangementStatus.DONE: (ArrangementStatus.TO_DO, ArrangementStatus.DROPPED),
    ArrangementStatus.DROPPED: (ArrangementStatus.TO_DO,),
}
# Who gets which list of an event: the field of an arrangement that says so.
LISTS = {"caterer": "for_caterer", "venue": "for_venue", "facilitators": "for_facilitators", "desk": "for_desk"}


@pghistory.track()
class Arrangement(models.Model):
    """One thing to arrange for an event: for a need somebody named, for several of them, or for nobody in particular.

    One that is no longer needed is kept. `change` says what happened to the event or its people after it was arranged,
    until staff have looked at it.
    """

    Status = ArrangementStatus
    TRANSITIONS = ARRANGEMENT_STEPS

    class Why(models.TextChoices):
        NOBODY_COMES = "nobody_comes", _("Nobody who needed it is coming")
        NOT_NEEDED = "not_needed", _("Nobody needs it any more")
        CANCELLED = "cancelled", _("The event was cancelled")
        TOGETHER = "together", _("Another arrangement covers it")
        TAKEN_OUT = "taken_out", _("Taken out by a colleague")

    class Change(models.TextChoices):
        MOVED = "moved", _("The day, time or place of the event changed after this was arranged")
        FELL_AWAY = "fell_away", _("It had been arranged. Cancel what is booked")

    event = models.ForeignKey(Event, verbose_name=_("event"), on_delete=models.PROTECT, related_name="arrangements")
    kind = models.CharField(_("need"), max_length=20, choices=AccessNeed.Kind, default=AccessNeed.Kind.OTHER)
    title = LineField(_("what is to be arranged"), max_length=150)
    owner = who_field(_("who sees to it"))
    due_on = models.DateField(_("to be done by"))
    how = LimitedTextField(_("how it is arranged"), max_length=2000, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.TO_DO)
    dropped_why = models.CharField(_("why it is no longer needed"), max_length=15, choices=Why, blank=True)
    change = models.CharField(_("what changed since it was arranged"), max_length=10, choices=Change, blank=True)
    for_caterer = models.BooleanField(_("on the caterer's list"), default=False)
    for_venue = models.BooleanField(_("on the venue's list"), default=False)
    for_facilitators = models.BooleanField(_("in the facilitators' brief"), default=False)
    for_desk = models.BooleanField(_("on the front desk's list"), default=False)
    added_by = who_field(_("added by"), help_text=_("Empty where a need that somebody named made it."))
    done_by = who_field(_("done by"))
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    objects = ArrangementQuerySet.as_manager()

    if TYPE_CHECKING:
        history: Any

    class Meta:
        verbose_name = _("arrangement")
        verbose_name_plural = _("arrangements")
        ordering = ["due_on", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="done", done_by__isnull=False, done_at__isnull=False)
                | (~Q(status="done") & Q(done_by=None, done_at=None)),
                name="arrangement_done_says_by_whom",
            ),
            models.CheckConstraint(
                condition=(Q(status="dropped") & ~Q(dropped_why="")) | (~Q(status="dropped") & Q(dropped_why="")),
                name="arrangement_dropped_says_why",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="arrangement_has_a_title"),
            models.CheckConstraint(condition=~Q(status="done", owner=None), name="arrangement_done_has_an_owner"),
        ]
        triggers = [
            steps_trigger("arrangement_status", ARRANGEMENT_STEPS),
            pgtrigger.Protect(name="arrangements_are_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="arrangements_stay_of_their_event",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("event"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("arrangement", args=[self.pk])

    @property
    def is_live(self) -> bool:
        return self.status != self.Status.DROPPED
