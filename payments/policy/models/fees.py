"""Fees: the pay for time, by version of the policy."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from payments.policy.calculations import FeeTerms
from payments.policy.models.kinds import Activity, ActivityRole
from payments.policy.models.versions import PolicyVersion, kept_with_published_policy


@pghistory.track()
class FeeRule(models.Model):
    """The rates for time at one kind of activity, for everyone there or for those with one role.

    A blank `activity` is the rule for every other kind, a blank `role` for everyone without a rule of their own.
    """

    class Method(models.TextChoices):
        HALF_OR_FULL_DAY = "half_or_full_day", _("Half day or full day")
        PER_HOUR = "per_hour", _("By the hour")
        PER_PART = "per_part", _("For each started block of hours")
        FIXED = "fixed", _("The same whatever the hours")

    version = models.ForeignKey(
        PolicyVersion, verbose_name=_("policy"), on_delete=models.CASCADE, related_name="fee_rules"
    )
    activity = models.CharField(_("activity"), max_length=30, blank=True)
    role = models.CharField(_("role"), max_length=15, choices=ActivityRole, blank=True, default="", db_default="")
    method = models.CharField(_("how it is worked out"), max_length=20, choices=Method)
    half_day_pence = models.PositiveIntegerField(_("half day, in pence"), null=True, blank=True)
    full_day_pence = models.PositiveIntegerField(_("full day, in pence"), null=True, blank=True)
    half_day_hours = models.DecimalField(
        _("hours in a half day"), max_digits=4, decimal_places=2, null=True, blank=True
    )
    limit_is_half_day = models.BooleanField(_("exactly that many hours is still a half day"), default=True)
    unit_pence = models.PositiveIntegerField(_("rate, in pence"), null=True, blank=True)
    unit_hours = models.DecimalField(_("hours in a block"), max_digits=4, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = _("payment for time")
        verbose_name_plural = _("payments for time")
        ordering = ["version", "activity", "role"]
        constraints = [
            models.UniqueConstraint(fields=["version", "activity", "role"], name="one_fee_rule_per_activity_and_role"),
            models.CheckConstraint(
                condition=Q(
                    method="half_or_full_day",
                    half_day_pence__isnull=False,
                    full_day_pence__isnull=False,
                    half_day_hours__isnull=False,
                    half_day_hours__gt=0,
                )
                | Q(method="per_part", unit_pence__isnull=False, unit_hours__isnull=False, unit_hours__gt=0)
                | Q(method__in=["per_hour", "fixed"], unit_pence__isnull=False),
                name="fee_rule_has_its_rates",
            ),
        ]
        triggers = [kept_with_published_policy("fee_rules_are_kept")]

    def __str__(self):
        return f"{self.label or _('any activity')}: {self.get_method_display()}"

    @property
    def activity_label(self):
        """The activity in words, or "" for the rule for every other kind."""
        return dict(Activity.choices).get(self.activity, self.activity)

    @property
    def label(self):
        """The activity and the role in words: "Meeting (co-facilitator)", "Co-facilitator", or "" for the rest."""
        if not self.role:
            return self.activity_label
        role = str(self.get_role_display())
        return f"{self.activity_label} ({role[0].lower()}{role[1:]})" if self.activity else role

    @property
    def terms(self) -> FeeTerms:
        """The rule in the form `policy.calculations` takes."""
        return FeeTerms(
            method=self.method,
            half_day_pence=self.half_day_pence,
            full_day_pence=self.full_day_pence,
            half_day_hours=self.half_day_hours,
            limit_is_half_day=self.limit_is_half_day,
            unit_pence=self.unit_pence,
            unit_hours=self.unit_hours,
        )
