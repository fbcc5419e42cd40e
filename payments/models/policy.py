"""A programme's reward and recognition policy: dated versions, each with its fees and its expense rules."""

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Event
from payments.calculations import CapTerms, FeeTerms, MileageTerms
from people.models import AccessNeed
from programmes.models import Role
from wellbeing.lib.texts import LineField


class Activity(models.TextChoices):
    """What people give their time to: every kind of event, and work that is not tied to one."""

    COPRODUCTION = Event.Kind.COPRODUCTION.value, Event.Kind.COPRODUCTION.label
    WORKSHOP = Event.Kind.WORKSHOP.value, Event.Kind.WORKSHOP.label
    COMMUNITY = Event.Kind.COMMUNITY.value, Event.Kind.COMMUNITY.label
    MEETING = Event.Kind.MEETING.value, Event.Kind.MEETING.label
    ONLINE = Event.Kind.ONLINE.value, Event.Kind.ONLINE.label
    DOCUMENT_REVIEW = "document_review", _("Reading and commenting on a document")
    CONVERSATION = "conversation", _("An interview or conversation, by phone or online")
    PREPARATION = "preparation", _("Preparation")
    FACILITATING = "facilitating", _("Facilitating")
    INTERVIEW_PANEL = "interview_panel", _("Interview panel")


class ActivityRole(models.TextChoices):
    """What somebody does at an activity besides taking part, where the policy pays that differently.

    In the order in which they count for a person who does several.
    """

    CHAIRING = "chairing", _("Chair or co-chair")
    FACILITATING = "facilitating", _("Co-facilitator")
    STEERING = "steering", _("Steering group member")


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
    OVERNIGHT = "overnight", _("Overnight stay")
    SUBSISTENCE = "subsistence", _("Meals while you are away")
    CHILDCARE = "childcare", _("Childcare")
    REPLACEMENT_CARER = "replacement_carer", _("Replacement carer")
    PERSONAL_ASSISTANT = "personal_assistant", _("Personal assistant")
    INTERPRETER = "interpreter", _("Interpreter")
    PRINTING = "printing", _("Printing and data")
    FOOD = "food", _("Food and drink")
    OTHER = "other", _("Something else")


class CapPer(models.TextChoices):
    """What the most we repay is counted by."""

    EACH_TIME = "each_time", _("each time")
    NIGHT = "night", _("a night")
    HOUR = "hour", _("an hour")
    HOURS_AWAY = "hours_away", _("by how long somebody is away")


# What else than "each time" the limit of a kind of expense can be counted by.
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


def usual_reminders():
    """How many days before the time to claim ends a new policy reminds people, unless it says otherwise."""
    return [14, 3]


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
    changed_at = models.DateTimeField(_("last changed"), default=timezone.now)
    preparation_included = models.BooleanField(_("the payment includes preparation"), default=True)
    pay_within_working_days = models.PositiveSmallIntegerField(_("paid within, in working days"))
    claim_window_months = models.PositiveSmallIntegerField(_("months to claim in"))
    cancel_within_days = models.PositiveSmallIntegerField(
        _("we pay when we cancel so many days before, or fewer"),
        null=True,
        blank=True,
        help_text=_("Empty: nothing is paid for what is cancelled."),
    )
    cancel_share_percent = models.PositiveSmallIntegerField(
        _("how much of the payment, in per cent"), null=True, blank=True
    )
    remind_days_before = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name=_("reminders, in days before the time to claim ends"),
        default=usual_reminders,
        blank=True,
        help_text=_("Sent to people whose claim has something on it and has not been sent. Empty: none."),
    )
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
            models.UniqueConstraint(
                fields=["programme"], condition=Q(published_at=None), name="one_policy_draft_per_programme"
            ),
            models.CheckConstraint(
                condition=Q(cancel_within_days=None, cancel_share_percent=None)
                | Q(
                    # Named as not empty too: of an empty number Postgres can say neither yes nor no, and lets it pass.
                    cancel_within_days__isnull=False,
                    cancel_share_percent__isnull=False,
                    cancel_share_percent__gte=1,
                    cancel_share_percent__lte=100,
                ),
                name="policy_cancelling_has_days_and_share",
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

    def fee_rule_for(self, activity, roles=()):
        """The FeeRule for `activity` and somebody who holds `roles` (ActivityRole values) there, or None.

        What is said of the activity goes before what is said of every other, and there what is said of a role before
        what holds for all: activity and role, activity, role, everything else. Of several roles the first of
        ActivityRole counts. Preparation has a rate only where the payment does not include it, and then its own: the
        rates for everything else are for being there. Uses a prefetch.
        """
        rules = {(rule.activity, rule.role): rule for rule in self.fee_rules.all()}
        kinds = [activity, ""]
        if activity == Activity.PREPARATION:
            kinds = [] if self.preparation_included else [activity]
        for kind in kinds:
            for role in [*(role for role in ActivityRole.values if role in roles), ""]:
                if (kind, role) in rules:
                    return rules[kind, role]
        return None

    def share_when_cancelled(self, days_before):
        """How many per cent of the payment are due for what is cancelled so many days before; 0 for nothing."""
        if self.cancel_within_days is None or not 0 <= days_before <= self.cancel_within_days:
            return 0
        return self.cancel_share_percent

    def expense_rule_for(self, kind):
        """The ExpenseRule that covers `kind`, or None where it is not covered. Uses a prefetch."""
        return next((rule for rule in self.expense_rules.all() if rule.kind == kind), None)


@pghistory.track()
class FeeRule(models.Model):
    """How time at one kind of activity becomes money, for everyone there or for those with one role.

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
                | Q(agree_first=True, kind__in=["taxi", "parking", "personal_assistant", "interpreter"]),
                name="expense_need_in_place_of_agreement",
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

    @property
    def asks_nights(self):
        """Whether the limit is counted by nights, so that a claim must say how many."""
        return self.cap_per == CapPer.NIGHT

    @property
    def asks_hours(self):
        """Whether the limit is counted by hours, away from home or of care, so that a claim must say how many."""
        return self.cap_per in {CapPer.HOUR, CapPer.HOURS_AWAY}

    @property
    def cap(self):
        """The limit as `payments.calculations` takes it. Uses a prefetch of the bands."""
        by_hours = self.cap_per == CapPer.HOURS_AWAY
        bands = tuple((band.from_hours, band.cap_pence) for band in self.bands.all()) if by_hours else ()
        return CapTerms(self.cap_per, self.cap_pence, bands)

    def is_covered_by(self, needs):
        """Whether one of a person's `needs` (AccessNeeds) stands in for asking first."""
        return self.need_is_enough and any(need.kind in COVERED_BY_NEED[self.kind] for need in needs)


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
    source = LineField(_("where the rate is published"), max_length=200)

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


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ClosedDay(models.Model):
    """A day on which the programme is closed, besides weekends and bank holidays: it does not count to the promise."""

    programme = models.ForeignKey(
        "programmes.Programme", verbose_name=_("programme"), on_delete=models.PROTECT, related_name="closed_days"
    )
    day = models.DateField(_("day"))
    name = LineField(_("what it is"), max_length=100)

    class Meta:
        verbose_name = _("closed day")
        verbose_name_plural = _("closed days")
        ordering = ["programme", "day"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "day"],
                name="one_closed_day_per_day",
                # Told at the end of a statement: days that move together pass over each other's places.
                deferrable=models.Deferrable.IMMEDIATE,
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.day}"
