"""Approvers and their deputies, notes of staff for each other, and the thresholds of warnings."""

import datetime as dt
from collections.abc import Iterable

import pghistory
import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.directory.fields import who_field
from wellbeing.lib.texts import LimitedTextField
from wellbeing.lib.types import ProgrammeId

# As far apart as two pictures can be and still be found by the index: see `approval.warnings`.
FARTHEST_PICTURE = 7


class ApproverAssignmentQuerySet(models.QuerySet["ApproverAssignment"]):
    def effective_on(self, on):
        """Return the assignments that count on the day `on`."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)

    def current_and_coming(self, on):
        """Return the assignments that count on the day `on` or on a later one."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on))


@pghistory.track()
class ApproverAssignment(models.Model):
    """A member of staff who is asked to check the claims of a programme, from one day to another.

    With `deputises_for` they are asked in place of that colleague, who is not asked meanwhile. It gives nobody a right
    they did not have: a deputy approves in their own name, and never a claim of their own.
    """

    programme = models.ForeignKey(
        "programmes.Programme", verbose_name=_("programme"), on_delete=models.PROTECT, related_name="approver_duties"
    )
    person = models.ForeignKey(
        "people.Person", verbose_name=_("who is asked"), on_delete=models.PROTECT, related_name="approver_duties"
    )
    deputises_for = who_field(_("in place of"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True, help_text=_("The last day."))
    set_by = models.ForeignKey("people.Person", verbose_name=_("set by"), on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(_("set"), default=timezone.now)

    objects = ApproverAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("duty to check claims")
        verbose_name_plural = _("duties to check claims")
        ordering = ["programme", "starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="duty_ends_later"),
            models.CheckConstraint(
                condition=Q(deputises_for=None) | (~Q(deputises_for=F("person")) & Q(ends_on__isnull=False)),
                name="cover_is_by_another_and_ends",
            ),
        ]

    def __str__(self):
        return f"{self.person}, {self.starts_on}"


@pghistory.track()
class StaffNote(models.Model):
    """A note that those who check and pay a claim write for each other. The person the claim is for does not see it."""

    claim = models.ForeignKey(
        "payments.Claim", verbose_name=_("claim"), on_delete=models.CASCADE, related_name="staff_notes"
    )
    by = models.ForeignKey("people.Person", verbose_name=_("written by"), on_delete=models.PROTECT, related_name="+")
    body = LimitedTextField(_("words"), max_length=4000)
    written_at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        verbose_name = _("staff note on a claim")
        verbose_name_plural = _("staff notes on claims")
        ordering = ["claim", "written_at", "pk"]
        triggers = [
            pgtrigger.Protect(name="staff_notes_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return self.body[:60]


class WarningThresholdsQuerySet(models.QuerySet["WarningThresholds"]):
    def effective_on(
        self, programmes: Iterable[ProgrammeId], on: dt.date
    ) -> dict[ProgrammeId, "WarningThresholds | None"]:
        """Return the thresholds of each of `programmes` (ids) on the day `on`, by programme id, in one query.

        A programme's own thresholds go before those for all programmes, which come with the database. None where there
        are none.
        """
        rows = list(
            self.filter(Q(programme=None) | Q(programme__in=programmes), effective_from__lte=on).order_by(
                "effective_from", "pk"
            )
        )
        newest = {row.programme_id: row for row in rows}
        return {programme: newest.get(programme) or newest.get(None) for programme in programmes}


class WarningThresholds(models.Model):
    """The thresholds of warnings for approvers, effective from a day until later ones are. Rows never change.

    Those called `ask_…` are for whoever types an expense: from when on they are asked whether it is right.
    """

    programme = models.ForeignKey(
        "programmes.Programme",
        verbose_name=_("programme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="warning_limits",
        help_text=_("Empty: every programme without limits of its own."),
    )
    effective_from = models.DateField(_("holds from"))
    picture_distance = models.PositiveSmallIntegerField(
        _("how different two pictures of a receipt may be"),
        validators=[MaxValueValidator(FARTHEST_PICTURE)],
        help_text=_("Of 64 answers about light and dark, how many may differ."),
    )
    usual_percent = models.PositiveSmallIntegerField(
        _("what is usual, in percent"),
        validators=[MinValueValidator(50), MaxValueValidator(100)],
        help_text=_("An amount is usual when it is no more than what so many in a hundred were."),
    )
    usual_examples = models.PositiveSmallIntegerField(
        _("how many examples it takes"), validators=[MinValueValidator(1)]
    )
    usual_months = models.PositiveSmallIntegerField(_("of how many months"), validators=[MinValueValidator(1)])
    long_route_miles = models.DecimalField(_("a long way, in miles"), max_digits=6, decimal_places=1)
    ask_above_pence = models.PositiveIntegerField(
        _("ask whether it is right above"),
        help_text=_("In pence. An expense of no more than this is never asked about while it is typed."),
    )
    ask_times_usual = models.PositiveSmallIntegerField(
        _("and above so many times what is usual"), validators=[MinValueValidator(1)]
    )
    set_by = who_field(_("set by"))
    set_at = models.DateTimeField(_("set"), default=timezone.now)

    objects = WarningThresholdsQuerySet.as_manager()

    class Meta:
        verbose_name = _("limits of warnings")
        verbose_name_plural = _("limits of warnings")
        ordering = ["programme", "-effective_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    picture_distance__lte=FARTHEST_PICTURE,
                    usual_percent__gte=50,
                    usual_percent__lte=100,
                    usual_examples__gt=0,
                    usual_months__gt=0,
                    long_route_miles__gt=0,
                ),
                name="warning_limits_make_sense",
            ),
            models.CheckConstraint(
                condition=Q(ask_above_pence__gt=0, ask_times_usual__gt=0), name="limits_of_asking_make_sense"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="warning_limits_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.programme or ''} {self.effective_from}".strip()
