"""Budget lines, the rules that choose them, and leave to go over."""

from typing import Any

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Deferrable, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Upper
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from payments.claims.models.claim import NOTHING_OWED, Claim
from payments.policy.models.kinds import Activity
from payments.upload_paths import DateRange
from programmes.models import Role, programmes_where
from wellbeing.lib.texts import LineField, WordsField
from wellbeing.lib.types import Pence

# The statuses between being sent and being approved.
WAITING = (Claim.Status.SUBMITTED, Claim.Status.RETURNED)
# Approved, with the money not gone out, or come back.
TO_PAY = (*Claim.PAYABLE, Claim.Status.IN_RUN)
# Approved, so that its money is no longer free.
AGREED = (*TO_PAY, Claim.Status.PAID)
# Approved and finished: paid, or all of it had in advance or not taken, so that no payment run will take it.
DONE = Q(status=Claim.Status.PAID) | (Q(status__in=TO_PAY) & NOTHING_OWED)
# Approved, with something still to be given to somebody.
OWED = Q(status__in=TO_PAY) & ~NOTHING_OWED
# The cost of an approved claim: a fee that its person chose not to take stays in the budget.
COST = F("approved_pence") - F("waived_pence")


class BudgetLineQuerySet(models.QuerySet["BudgetLine"]):
    def visible_to(self, user):
        """Return the budget lines of programmes where `user` is staff or finance; all to administrators."""
        if not user.is_authenticated:
            return self.none()
        if user.is_administrator:
            return self
        return self.filter(programme__in=programmes_where(user, Role.STAFF, Role.FINANCE))

    def effective_on(self, on):
        """Return the lines in whose year the day `on` lies."""
        return self.filter(starts_on__lte=on, ends_on__gte=on)

    def with_figures(self):
        """Add the figures of each line, in one query.

        `pending_pence` is asked for on claims sent and not yet decided, `committed_pence` approved and not yet paid,
        `paid_pence` paid, or had in advance where that left nothing to pay. `left_pence` is the amount less those
        three; below nothing, more is asked for than there is.
        """
        lines: models.QuerySet[Any] = self.annotate(
            # Claim by claim: joined with their lines, those of every other programme would be read as well.
            pending_pence=_sum_of(
                Claim.objects.filter(budget_line=OuterRef("pk"), status__in=WAITING).with_totals(),
                "budget_line",
                "total_pence",
            ),
            committed_pence=_cost_of(OWED),
            paid_pence=_cost_of(DONE),
        )
        return lines.annotate(
            left_pence=F("amount_pence") - F("pending_pence") - F("committed_pence") - F("paid_pence")
        )


def _cost_of(which):
    claims = Claim.objects.filter(which, budget_line=OuterRef("pk"))
    return _sum_of(claims, "budget_line", COST)


def _sum_of(rows, by, what):
    sums = rows.order_by().values(by).annotate(sum=Sum(what)).values("sum")
    return Coalesce(Subquery(sums, output_field=models.BigIntegerField()), Value(0, models.BigIntegerField()))


@pghistory.track()
class BudgetLine(models.Model):
    """Money a funder gives a programme for one purpose and one year, under the cost code finance books it to."""

    # Added by `with_figures`.
    pending_pence: Pence
    committed_pence: Pence
    paid_pence: Pence
    left_pence: Pence

    programme = models.ForeignKey(
        "programmes.Programme", verbose_name=_("programme"), on_delete=models.PROTECT, related_name="budget_lines"
    )
    cost_code = LineField(_("cost code"), max_length=40)
    name = LineField(_("name"), max_length=120)
    funder = LineField(_("funder"), max_length=150)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    amount_pence = models.PositiveBigIntegerField(_("amount, in pence"))
    amount_reason = WordsField(
        _("why the amount is what it is"), max_length=300, help_text=_("Kept with each amount the line has had.")
    )
    amount_set_by = models.ForeignKey(
        "people.Person", verbose_name=_("amount set by"), on_delete=models.PROTECT, related_name="+"
    )
    amount_set_at = models.DateTimeField(_("amount set"), default=timezone.now)
    closed = models.BooleanField(
        _("closed"), default=False, help_text=_("No more claims are approved on a closed line.")
    )

    objects = BudgetLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        ordering = ["programme", "-starts_on", "cost_code"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="budget_line_ends_after_start"),
            models.CheckConstraint(condition=~Q(amount_reason=""), name="budget_line_amount_has_its_reason"),
            ExclusionConstraint(
                name="one_budget_line_per_cost_code_and_day",
                expressions=[
                    ("programme", RangeOperators.EQUAL),
                    (Upper("cost_code"), RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                deferrable=Deferrable.IMMEDIATE,
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="budget_lines_are_kept", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="budget_amounts_say_why",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__amount_pence__df=pgtrigger.F("new__amount_pence")),
                func=(
                    "IF NEW.amount_set_at = OLD.amount_set_at THEN"
                    " RAISE EXCEPTION 'an amount changes with a new reason'; END IF; RETURN NEW;"
                ),
            ),
            pgtrigger.Trigger(
                name="budget_codes_are_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                # Runs have been booked to this code, in this year.
                func=(
                    "IF NEW.programme_id <> OLD.programme_id THEN"
                    " RAISE EXCEPTION 'a budget line stays in its programme'; END IF;"
                    " IF ROW(NEW.cost_code, NEW.starts_on, NEW.ends_on)"
                    " IS DISTINCT FROM ROW(OLD.cost_code, OLD.starts_on, OLD.ends_on)"
                    " AND EXISTS (SELECT FROM payments_claim WHERE budget_line_id = OLD.id"
                    " AND status IN ('in_run', 'paid', 'payment_failed')) THEN"
                    " RAISE EXCEPTION 'claims have been paid from this budget line'; END IF;"
                    " IF ROW(NEW.starts_on, NEW.ends_on) IS DISTINCT FROM ROW(OLD.starts_on, OLD.ends_on)"
                    " AND EXISTS (SELECT FROM payments_budgetrule WHERE budget_line_id = OLD.id) THEN"
                    " RAISE EXCEPTION 'take the rules off a budget line before its year changes'; END IF;"
                    " RETURN NEW;"
                ),
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.cost_code})"

    def get_absolute_url(self):
        return reverse("budget_line", args=[self.programme.slug, self.pk])

    @property
    def free_pence(self) -> Pence:
        """The pence that may still be approved: the amount less approved and paid. For a line `with_figures`."""
        return self.amount_pence - self.committed_pence - self.paid_pence


@pghistory.track()
class BudgetRule(models.Model):
    """A rule that claims for one activity, or (blank) for every activity without a rule, go to a budget line."""

    programme = models.ForeignKey(
        "programmes.Programme", verbose_name=_("programme"), on_delete=models.PROTECT, related_name="budget_rules"
    )
    activity = models.CharField(_("activity"), max_length=30, choices=Activity, blank=True)
    budget_line = models.ForeignKey(
        BudgetLine, verbose_name=_("budget line"), on_delete=models.CASCADE, related_name="rules"
    )

    class Meta:
        verbose_name = _("rule for a budget line")
        verbose_name_plural = _("rules for budget lines")
        ordering = ["budget_line", "activity"]
        constraints = [
            models.UniqueConstraint(fields=["budget_line", "activity"], name="one_budget_rule_per_line_and_activity"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="one_budget_line_per_activity_and_day",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("line", "payments_budgetline%ROWTYPE")],
                func=(
                    # Two rules at once wait for each other, so that the second one sees the first.
                    "PERFORM 1 FROM programmes_programme WHERE id = NEW.programme_id FOR NO KEY UPDATE;"
                    " SELECT * INTO line FROM payments_budgetline WHERE id = NEW.budget_line_id;"
                    " IF line.programme_id <> NEW.programme_id THEN"
                    " RAISE EXCEPTION 'a rule sends claims to a budget line of their own programme'; END IF;"
                    " IF EXISTS (SELECT FROM payments_budgetrule r"
                    " JOIN payments_budgetline l ON l.id = r.budget_line_id"
                    " WHERE r.programme_id = NEW.programme_id AND r.activity = NEW.activity AND r.id <> NEW.id"
                    " AND l.starts_on <= line.ends_on AND l.ends_on >= line.starts_on) THEN"
                    " RAISE EXCEPTION 'two budget lines for one activity on one day'; END IF;"
                    " RETURN NEW;"
                ),
            ),
        ]

    def __str__(self):
        return f"{self.get_activity_display() or _('every other activity')}: {self.budget_line}"


@pghistory.track()
class BudgetOverride(models.Model):
    """The record that somebody in finance lets one claim go over its budget line: why, and by how much at most.

    It is used once, when the claim is approved, and then says by how much the line went over.
    """

    claim = models.ForeignKey(Claim, verbose_name=_("claim"), on_delete=models.PROTECT, related_name="budget_overrides")
    line = models.ForeignKey(
        BudgetLine, verbose_name=_("budget line"), on_delete=models.PROTECT, related_name="overrides"
    )
    by = models.ForeignKey("people.Person", verbose_name=_("allowed by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("allowed"), default=timezone.now)
    reason = WordsField(_("why"), max_length=300)
    up_to_pence = models.PositiveBigIntegerField(_("over by this much at most, in pence"))
    over_by_pence = models.PositiveBigIntegerField(
        _("over by, in pence"), null=True, blank=True, help_text=_("Set when the claim is approved.")
    )

    class Meta:
        verbose_name = _("claim allowed over budget")
        verbose_name_plural = _("claims allowed over budget")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason="") & Q(up_to_pence__gt=0), name="budget_override_says_why"),
            models.CheckConstraint(
                condition=Q(over_by_pence=None) | Q(over_by_pence__gt=0, over_by_pence__lte=F("up_to_pence")),
                name="budget_override_is_kept_to",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="budget_overrides_are_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=(
                    "IF TG_OP = 'DELETE' OR OLD.over_by_pence IS NOT NULL"
                    " OR to_jsonb(NEW) - 'over_by_pence' <> to_jsonb(OLD) - 'over_by_pence' THEN"
                    " RAISE EXCEPTION 'what was allowed over budget stays on record'; END IF; RETURN NEW;"
                ),
            ),
            pgtrigger.Trigger(
                name="nobody_overrides_for_themselves",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=(
                    "IF EXISTS (SELECT FROM payments_claim WHERE id = NEW.claim_id AND person_id = NEW.by_id) THEN"
                    " RAISE EXCEPTION 'nobody lets their own claim go over budget'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self):
        return f"{self.claim}, {self.line}"
