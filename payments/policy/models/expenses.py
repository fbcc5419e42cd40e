"""Expenses that a version of the policy repays, and bands of subsistence."""

from collections.abc import Iterable

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from payments.policy.calculations import CapTerms
from payments.policy.models.kinds import CapPer, ExpenseKind
from payments.policy.models.versions import PolicyVersion, kept_with_published_policy
from people.models import AccessNeed
from programmes.models import Role
from wellbeing.lib.types import Pence

# Other ways than "each time" to count the limit of a kind of expense.
COUNTED_BY = {
    ExpenseKind.OVERNIGHT: CapPer.NIGHT,
    ExpenseKind.SUBSISTENCE: CapPer.HOURS_AWAY,
    ExpenseKind.CHILDCARE: CapPer.HOUR,
    ExpenseKind.REPLACEMENT_CARER: CapPer.HOUR,
    ExpenseKind.PERSONAL_ASSISTANT: CapPer.HOUR,
    ExpenseKind.INTERPRETER: CapPer.HOUR,
}
# The access needs that can stand in for asking first, where the policy says so.
COVERED_BY_NEED = {
    ExpenseKind.TAXI: {AccessNeed.Kind.TRANSPORT},
    ExpenseKind.PARKING: {AccessNeed.Kind.PARKING},
    ExpenseKind.PERSONAL_ASSISTANT: {AccessNeed.Kind.SUPPORTER},
    ExpenseKind.INTERPRETER: {AccessNeed.Kind.BSL, AccessNeed.Kind.LIP_SPEAKER, AccessNeed.Kind.LANGUAGE},
}
# Who may agree to an expense before it is spent.
AGREED_BY = [choice for choice in Role.choices if choice[0] != Role.LIVED_EXPERIENCE]


@pghistory.track()
class ExpenseRule(models.Model):
    """One kind of expense that a version of the policy covers, up to what, and with what proof."""

    version = models.ForeignKey(
        PolicyVersion, verbose_name=_("policy"), on_delete=models.CASCADE, related_name="expense_rules"
    )
    kind = models.CharField(_("expense"), max_length=20, choices=ExpenseKind)
    cap_pence = models.PositiveIntegerField(_("most we repay, in pence"), null=True, blank=True)
    receipt_above_pence = models.PositiveIntegerField(_("receipt needed above, in pence"), default=0)
    receipt_needed = models.BooleanField(_("receipt needed"), default=True)
    pence_per_mile = models.DecimalField(_("pence a mile"), max_digits=5, decimal_places=2, null=True, blank=True)
    hmrc_rates = models.BooleanField(_("HMRC's approved mileage rates"), default=False)
    needs_prior_approval = models.BooleanField(_("to be agreed before"), default=False)
    cap_per = models.CharField(
        _("the most we repay is"), max_length=10, choices=CapPer, default=CapPer.EACH_TIME, db_default="each_time"
    )
    agreed_by = models.CharField(
        _("who may agree"), max_length=20, choices=AGREED_BY, default=Role.STAFF, db_default="staff"
    )
    need_is_enough = models.BooleanField(_("an access need on record is enough"), default=False, db_default=False)

    class Meta:
        verbose_name = _("expense rule")
        verbose_name_plural = _("expense rules")
        ordering = ["version", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "kind"], name="one_expense_rule_per_kind"),
            models.CheckConstraint(
                condition=Q(kind="mileage", pence_per_mile__isnull=False, hmrc_rates=False)
                | Q(kind="mileage", pence_per_mile__isnull=True, hmrc_rates=True)
                | (~Q(kind="mileage") & Q(pence_per_mile__isnull=True, hmrc_rates=False)),
                name="mileage_rule_has_its_rate",
            ),
            models.CheckConstraint(
                condition=Q(cap_per="each_time")
                | Q(cap_per="night", kind="overnight", cap_pence__isnull=False)
                | Q(
                    cap_per="hour",
                    kind__in=["childcare", "replacement_carer", "personal_assistant", "interpreter"],
                    cap_pence__isnull=False,
                )
                | Q(cap_per="hours_away", kind="subsistence", cap_pence__isnull=True),
                name="expense_cap_is_counted_by_what_fits",
            ),
            models.CheckConstraint(
                condition=Q(need_is_enough=False)
                | Q(needs_prior_approval=True, kind__in=["taxi", "parking", "personal_assistant", "interpreter"]),
                name="expense_need_in_place_of_agreement",
            ),
        ]
        triggers = [kept_with_published_policy("expense_rules_are_kept")]

    def __str__(self):
        return self.label

    @property
    def label(self):
        """The name of the expense. A programme's own rate a mile is for cars; HMRC has one for each vehicle."""
        return _("Your own car, motorcycle or bicycle") if self.hmrc_rates else self.get_kind_display()

    def needs_receipt(self, pence: Pence) -> bool:
        """Whether an expense of `pence` must come with a receipt."""
        return self.receipt_needed and pence > self.receipt_above_pence

    @property
    def asks_nights(self):
        """Whether the limit is counted by nights, so that a claim must say how many."""
        return self.cap_per == CapPer.NIGHT

    @property
    def asks_hours(self):
        """Whether the limit is counted by hours, away from home or of care, so that a claim must say how many."""
        return self.cap_per in {CapPer.HOUR, CapPer.HOURS_AWAY}

    @property
    def cap(self) -> CapTerms:
        """The limit in the form `policy.calculations` takes. Uses a prefetch of the bands."""
        by_hours = self.cap_per == CapPer.HOURS_AWAY
        bands = tuple((band.from_hours, band.cap_pence) for band in self.bands.all()) if by_hours else ()
        return CapTerms(self.cap_per, self.cap_pence, bands)

    def is_covered_by(self, needs: Iterable[AccessNeed]) -> bool:
        """Whether one of a person's `needs` stands in for asking first."""
        return self.need_is_enough and any(need.kind in COVERED_BY_NEED[ExpenseKind(self.kind)] for need in needs)


@pghistory.track()
class SubsistenceBand(models.Model):
    """The most we repay for meals from so many hours away until the next band."""

    rule = models.ForeignKey(
        ExpenseRule, verbose_name=_("expense rule"), on_delete=models.CASCADE, related_name="bands"
    )
    from_hours = models.DecimalField(_("from so many hours away"), max_digits=4, decimal_places=2)
    cap_pence = models.PositiveIntegerField(_("most we repay, in pence"))

    class Meta:
        verbose_name = _("limit for meals")
        verbose_name_plural = _("limits for meals")
        ordering = ["rule", "from_hours"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "from_hours"], name="one_band_per_hours_away"),
            models.CheckConstraint(condition=Q(from_hours__gt=0, cap_pence__gt=0), name="band_is_of_something"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="bands_are_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=(
                    "IF EXISTS (SELECT 1 FROM payments_policyversion v"
                    " JOIN payments_expenserule r ON r.version_id = v.id WHERE v.published_at IS NOT NULL AND r.id ="
                    " CASE WHEN TG_OP = 'DELETE' THEN OLD.rule_id ELSE NEW.rule_id END) THEN"
                    " RAISE EXCEPTION 'a published policy cannot change: publish a new version'; END IF;"
                    " IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self):
        return f"{self.from_hours}: {self.cap_pence}"
