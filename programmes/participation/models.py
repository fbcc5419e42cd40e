"""The profile of a programme's area, and reports on who takes part, which never change."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from people.directory.fields import who_field
from programmes.programme.models.programmes import Programme
from wellbeing.lib.dates import short_date
from wellbeing.lib.texts import LineField


@pghistory.track()
class AreaShare(models.Model):
    """The share of the people in a programme's area who would give one answer to one question about fairness."""

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="area_shares"
    )
    question = models.SlugField(_("question"), max_length=30)
    option = models.SlugField(_("answer"), max_length=40)
    percent = models.DecimalField(_("share in the area, in per cent"), max_digits=4, decimal_places=1)
    source = LineField(_("where the number is from"), max_length=200)
    counted_on = models.DateField(_("day it is of"))
    set_by = who_field(_("typed in by"))

    class Meta:
        verbose_name = _("share of a group in the area")
        verbose_name_plural = _("profile of the area")
        ordering = ["programme", "question", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "question", "option"], name="one_area_share_each"),
            models.CheckConstraint(condition=Q(percent__range=(0, 100)), name="area_share_of_a_hundred"),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.option}, {self.percent}%"


class ParticipationReport(models.Model):
    """Who took part in a programme in one quarter, in bands, as it was counted once. It never changes.

    `content` is what `building.build` returned: bands alone, no count and no person.
    """

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="participation_reports"
    )
    first_on = models.DateField(_("from"))
    last_on = models.DateField(_("until"))
    made_on = models.DateField(_("made"))
    made_by = who_field(_("made by"))
    content = models.JSONField(_("bands"))

    class Meta:
        verbose_name = _("report on who takes part")
        verbose_name_plural = _("reports on who takes part")
        ordering = ["programme", "-first_on"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "first_on"], name="one_participation_report_each"),
            models.CheckConstraint(
                condition=Q(last_on__gt=F("first_on"), made_on__gt=F("last_on")),
                name="participation_report_of_a_time_that_is_over",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="participation_reports_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        days = {"first": short_date(self.first_on), "last": short_date(self.last_on)}
        return _t("%(first)s to %(last)s") % days

    def get_absolute_url(self) -> str:
        return reverse("participation_report", args=[self.pk])
