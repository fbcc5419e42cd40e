"""Mileage rates of HM Revenue and Customs, dated."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from payments.policy.calculations import MileageTerms
from payments.policy.models.kinds import Vehicle
from wellbeing.lib.texts import LineField


class MileageRateQuerySet(models.QuerySet["MileageRate"]):
    def effective_on(self, on: dt.date) -> dict[str, "MileageRate"]:
        """Return the rate of each vehicle on the day `on`, by Vehicle value, in the order of Vehicle."""
        latest = {}
        for rate in self.filter(effective_from__lte=on).order_by("effective_from"):
            latest[rate.vehicle] = rate
        return {vehicle: latest[vehicle] for vehicle in Vehicle.values if vehicle in latest}


class MileageRate(models.Model):
    """HMRC's approved rate for one kind of vehicle, from a date until a later one holds. Brought by migrations."""

    effective_from = models.DateField(_("holds from"))
    vehicle = models.CharField(_("vehicle"), max_length=10, choices=Vehicle)
    first_band_pence = models.DecimalField(_("pence a mile"), max_digits=5, decimal_places=2)
    first_band_miles = models.PositiveIntegerField(
        _("miles in a tax year at that rate"), null=True, blank=True, help_text=_("Empty: every mile.")
    )
    after_pence = models.DecimalField(
        _("pence a mile after those"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    passenger_pence = models.DecimalField(
        _("pence a mile for each passenger"), max_digits=5, decimal_places=2, default=0
    )
    source = LineField(_("where the rate is published"), max_length=200)

    objects = MileageRateQuerySet.as_manager()

    class Meta:
        verbose_name = _("HMRC mileage rate")
        verbose_name_plural = _("HMRC mileage rates")
        ordering = ["-effective_from", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["effective_from", "vehicle"], name="one_mileage_rate_per_day_and_vehicle"),
            models.CheckConstraint(
                condition=Q(first_band_pence__gte=0, passenger_pence__gte=0)
                & (
                    Q(first_band_miles__isnull=True, after_pence__isnull=True)
                    | Q(
                        first_band_miles__isnull=False,
                        first_band_miles__gt=0,
                        after_pence__isnull=False,
                        after_pence__gte=0,
                    )
                ),
                name="mileage_rate_has_both_bands_or_one",
            ),
        ]

    def __str__(self):
        return f"{self.get_vehicle_display()}, {self.effective_from}"

    @property
    def terms(self) -> MileageTerms:
        """The rate in the form `policy.calculations` takes."""
        return MileageTerms(
            first_band_pence=self.first_band_pence,
            first_band_miles=self.first_band_miles,
            after_pence=self.after_pence,
            passenger_pence=self.passenger_pence,
        )
