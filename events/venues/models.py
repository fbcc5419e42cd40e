"""The venue book of a programme: places, how to get there, and what is known of their access."""

import datetime as dt

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from people.directory.fields import who_field
from wellbeing.lib.texts import LimitedTextField, LineField


class VenueQuerySet(models.QuerySet["Venue"]):
    def in_use(self) -> "VenueQuerySet":
        """Return venues that nobody has archived."""
        return self.filter(archived_at=None)


@pghistory.track()
class Venue(models.Model):
    """A place where a programme meets. An event keeps the name and address it was planned with."""

    programme = models.ForeignKey(
        "programmes.Programme", verbose_name=_("programme"), on_delete=models.PROTECT, related_name="venues"
    )
    name = LineField(_("name"), max_length=150)
    address = LimitedTextField(_("address"), max_length=500, max_lines=10, blank=True)
    how_to_find = LimitedTextField(_("how to find it"), max_length=2000, blank=True)
    station = LineField(_("nearest station or stop, and how far"), max_length=200, blank=True)
    checked_on = models.DateField(_("checked"), null=True, blank=True)
    checked_by = who_field(_("checked by"))
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    objects = VenueQuerySet.as_manager()

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                "programme", Lower("name"), condition=Q(archived_at=None), name="one_venue_of_a_name_in_use"
            ),
            models.CheckConstraint(
                condition=Q(checked_on=None, checked_by=None) | Q(checked_on__isnull=False, checked_by__isnull=False),
                name="venue_check_has_day_and_person",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("venue", args=[self.pk])


@pghistory.track()
class VenueFact(models.Model):
    """One thing somebody has to know of a venue before they come: yes, no, or not known."""

    class Kind(models.TextChoices):
        STEP_FREE = "step_free", _("Step-free way in")
        TOILET = "toilet", _("Accessible toilet")
        HEARING_LOOP = "hearing_loop", _("Hearing loop")
        QUIET_ROOM = "quiet_room", _("Quiet room")
        PARKING = "parking", _("Parking close by")

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        NOT_KNOWN = "not_known", _("Not known")

    venue = models.ForeignKey(Venue, verbose_name=_("venue"), on_delete=models.PROTECT, related_name="facts")
    kind = models.CharField(_("what"), max_length=15, choices=Kind)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, default=Answer.NOT_KNOWN)
    note = LineField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("fact about a venue")
        verbose_name_plural = _("facts about venues")
        ordering = ["venue", "pk"]
        constraints = [models.UniqueConstraint(fields=["venue", "kind"], name="one_venue_fact_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_answer_display()}"


class VenueCheckRuleQuerySet(models.QuerySet["VenueCheckRule"]):
    def months_on(self, day: dt.date) -> int | None:
        """Return after how many months a venue is to be checked again, by the rule of `day`; None without one."""
        rows = self.filter(effective_from__lte=day).order_by("-effective_from")
        return rows.values_list("months", flat=True).first()


class VenueCheckRule(models.Model):
    """After how many months the facts about a venue are to be checked again, from a day on.

    A row is never changed, so it is its own history.
    """

    effective_from = models.DateField(_("starts"), unique=True)
    months = models.PositiveSmallIntegerField(_("months"))

    objects = VenueCheckRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("months until a venue is checked again")
        verbose_name_plural = _("months until venues are checked again")
        ordering = ["-effective_from"]
        constraints = [
            models.CheckConstraint(condition=Q(months__gte=1, months__lte=120), name="venue_check_within_ten_years")
        ]
        triggers = [pgtrigger.Protect(name="venue_check_rules_stay", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.effective_from}: {self.months}"
