"""A programme's reward and recognition policy: dated versions, each with its fees and its expense rules."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.models import Event
from payments.calculations import FeeTerms, MileageTerms


class Activity(models.TextChoices):
    """What people give their time to: every kind of event, and work that is not tied to one."""

    COPRODUCTION = Event.Kind.COPRODUCTION.value, Event.Kind.COPRODUCTION.label
    WORKSHOP = Event.Kind.WORKSHOP.value, Event.Kind.WORKSHOP.label
    COMMUNITY = Event.Kind.COMMUNITY.value, Event.Kind.COMMUNITY.label
    MEETING = Event.Kind.MEETING.value, Event.Kind.MEETING.label
    ONLINE = Event.Kind.ONLINE.value, Event.Kind.ONLINE.label
    DOCUMENT_REVIEW = "document_review", _("Reading and commenting on a document")
    PREPARATION = "preparation", _("Preparation")
    FACILITATING = "facilitating", _("Facilitating")
    INTERVIEW_PANEL = "interview_panel", _("Interview panel")


class Vehicle(models.TextChoices):
    """What somebody drove or rode, as HMRC tells vehicles apart."""

    CAR = "car", _("Car or van")
    MOTORCYCLE = "motorcycle", _("Motorcycle")
    BICYCLE = "bicycle", _("Bicycle")


class ExpenseKind(models.TextChoices):
    """What an expense was for."""

    PUBLIC_TRANSPORT = "public_transport", _("Train, bus or tram fare")
    MILEAGE = "mileage", _("Driving your own car")
    TAXI = "taxi", _("Taxi")
    PARKING = "parking", _("Parking")
    CHILDCARE = "childcare", _("Childcare")
    REPLACEMENT_CARER = "replacement_carer", _("Replacement carer")
    PERSONAL_ASSISTANT = "personal_assistant", _("Personal assistant or interpreter")
    FOOD = "food", _("Food and drink")
    OTHER = "other", _("Something else")


def kept_with_published_policy(name):
    """A trigger that freezes rows of a policy version once that version is published."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=(
            "IF EXISTS (SELECT 1 FROM payments_policyversion WHERE published_at IS NOT NULL AND id ="
            " CASE WHEN TG_OP = 'DELETE' THEN OLD.version_id ELSE NEW.version_id END) THEN"
            " RAISE EXCEPTION 'a published policy cannot change: publish a new version'; END IF;"
            " IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
        ),
    )


class PolicyVersionQuerySet(models.QuerySet):
    def in_force(self, programme, on):
        """The published version of `programme`'s policy that holds on the date `on`, or None."""
        return (
            self.filter(programme=programme, published_at__isnull=False, holds_from__lte=on)
            .order_by("-holds_from", "-number")
            .first()
        )


@pghistory.track()
class PolicyVersion(models.Model):
    """One version of the policy, holding from a date until a later one does. Published versions never change."""

    programme = models.ForeignKey(
        "programmes.Programme",
        verbose_name=_("programme"),
        on_delete=models.PROTECT,
        related_name="policy_versions",
    )
    number = models.PositiveSmallIntegerField(_("version"))
    holds_from = models.DateField(_("holds from"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    preparation_included = models.BooleanField(_("the payment includes preparation"), default=True)
    pay_within_working_days = models.PositiveSmallIntegerField(_("paid within, in working days"))
    claim_window_months = models.PositiveSmallIntegerField(_("months to claim in"))
    second_approval_above_pence = models.PositiveIntegerField(
        _("two people approve above, in pence"),
        null=True,
        blank=True,
        help_text=_("Empty: one member of staff approves, whatever the amount."),
    )

    objects = PolicyVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("reward policy")
        verbose_name_plural = _("reward policies")
        ordering = ["programme", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="one_policy_per_number"),
            models.CheckConstraint(
                condition=Q(pay_within_working_days__gt=0, claim_window_months__gt=0),
                name="policy_promises_positive",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="published_policy_is_kept",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__published_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.programme}, {_('version')} {self.number}"

    def fee_rule_for(self, activity):
        """The FeeRule for `activity`: its own, or the one for every other kind, or None. Uses a prefetch."""
        rules = {rule.activity: rule for rule in self.fee_rules.all()}
        return rules.get(activity) or rules.get("")

    def expense_rule_for(self, kind):
        """The ExpenseRule that covers `kind`, or None where it is not covered. Uses a prefetch."""
        return next((rule for rule in self.expense_rules.all() if rule.kind == kind), None)


@pghistory.track()
class FeeRule(models.Model):
    """How time at one kind of activity becomes money. A blank `activity` is the rule for every other kind."""

    class Method(models.TextChoices):
        HALF_OR_FULL_DAY = "half_or_full_day", _("Half day or full day")
        PER_HOUR = "per_hour", _("By the hour")
        PER_PART = "per_part", _("For each started block of hours")
        FIXED = "fixed", _("The same whatever the hours")

    version = models.ForeignKey(
        PolicyVersion, verbose_name=_("policy"), on_delete=models.CASCADE, related_name="fee_rules"
    )
    activity = models.CharField(_("activity"), max_length=30, blank=True)
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
        ordering = ["version", "activity"]
        constraints = [
            models.UniqueConstraint(fields=["version", "activity"], name="one_fee_rule_per_activity"),
            models.CheckConstraint(
                condition=Q(
                    method="half_or_full_day",
                    half_day_pence__isnull=False,
                    full_day_pence__isnull=False,
                    half_day_hours__gt=0,
                )
                | Q(method="per_part", unit_pence__isnull=False, unit_hours__gt=0)
                | Q(method__in=["per_hour", "fixed"], unit_pence__isnull=False),
                name="fee_rule_has_its_rates",
            ),
        ]
        triggers = [kept_with_published_policy("fee_rules_are_kept")]

    def __str__(self):
        return f"{self.activity_label or _('any activity')}: {self.get_method_display()}"

    @property
    def activity_label(self):
        """The activity in words, or "" for the rule for every other kind."""
        return dict(Activity.choices).get(self.activity, self.activity)

    @property
    def terms(self):
        """The rule as `payments.calculations` takes it."""
        return FeeTerms(
            method=self.method,
            half_day_pence=self.half_day_pence,
            full_day_pence=self.full_day_pence,
            half_day_hours=self.half_day_hours,
            limit_is_half_day=self.limit_is_half_day,
            unit_pence=self.unit_pence,
            unit_hours=self.unit_hours,
        )


@pghistory.track()
class ExpenseRule(models.Model):
    """Which expense is covered, up to what, and what proof it needs."""

    version = models.ForeignKey(
        PolicyVersion, verbose_name=_("policy"), on_delete=models.CASCADE, related_name="expense_rules"
    )
    kind = models.CharField(_("expense"), max_length=20, choices=ExpenseKind)
    cap_pence = models.PositiveIntegerField(_("most we repay, in pence"), null=True, blank=True)
    receipt_above_pence = models.PositiveIntegerField(_("receipt needed above, in pence"), default=0)
    receipt_needed = models.BooleanField(_("receipt needed"), default=True)
    pence_per_mile = models.DecimalField(_("pence a mile"), max_digits=5, decimal_places=2, null=True, blank=True)
    hmrc_rates = models.BooleanField(_("HMRC's approved mileage rates"), default=False)
    agree_first = models.BooleanField(_("to be agreed before"), default=False)

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
        ]
        triggers = [kept_with_published_policy("expense_rules_are_kept")]

    def __str__(self):
        return self.label

    @property
    def label(self):
        """What the expense is called. A programme's own rate a mile is for cars; HMRC has one for each vehicle."""
        return _("Your own car, motorcycle or bicycle") if self.hmrc_rates else self.get_kind_display()

    def needs_receipt(self, pence):
        """Whether an expense of `pence` must come with a receipt."""
        return self.receipt_needed and pence > self.receipt_above_pence


class MileageRateQuerySet(models.QuerySet):
    def in_force(self, on):
        """The rate of each vehicle that holds on the date `on`: {Vehicle value: MileageRate}, vehicles in our order."""
        latest = {}
        for rate in self.filter(from_date__lte=on).order_by("from_date"):
            latest[rate.vehicle] = rate
        return {vehicle: latest[vehicle] for vehicle in Vehicle.values if vehicle in latest}


class MileageRate(models.Model):
    """HMRC's approved rate for one kind of vehicle, from a date until a later one holds. Brought by migrations."""

    from_date = models.DateField(_("holds from"))
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
    source = models.CharField(_("where the rate is published"), max_length=200)

    objects = MileageRateQuerySet.as_manager()

    class Meta:
        verbose_name = _("HMRC mileage rate")
        verbose_name_plural = _("HMRC mileage rates")
        ordering = ["-from_date", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["from_date", "vehicle"], name="one_mileage_rate_per_day_and_vehicle"),
            models.CheckConstraint(
                condition=Q(first_band_pence__gte=0, passenger_pence__gte=0)
                & (
                    Q(first_band_miles__isnull=True, after_pence__isnull=True)
                    | Q(first_band_miles__gt=0, after_pence__gte=0)
                ),
                name="mileage_rate_has_both_bands_or_one",
            ),
        ]

    def __str__(self):
        return f"{self.get_vehicle_display()}, {self.from_date}"

    @property
    def terms(self):
        """The rate as `payments.calculations` takes it."""
        return MileageTerms(
            first_band_pence=self.first_band_pence,
            first_band_miles=self.first_band_miles,
            after_pence=self.after_pence,
            passenger_pence=self.passenger_pence,
        )
