"""The lines of a claim: time, expenses and mileage."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from payments.claims.models.claim import Claim
from payments.policy.models.kinds import ExpenseKind, Vehicle
from wellbeing.lib.texts import LineField, WordsField


@pghistory.track()
class ClaimLine(models.Model):
    """One line of a claim: time, or one expense. Amounts are whole pence; the rate used is kept with it."""

    class Category(models.TextChoices):
        TIME = "time", _("Payment for your time")
        EXPENSE = "expense", _("Expenses")

    class NoReceipt(models.TextChoices):
        """The reasons why an expense has no receipt."""

        CONTACTLESS = "contactless", _("Paid contactless, with no receipt given")
        NOT_GIVEN = "not_given", _("The machine or driver gave none")
        LOST = "lost", _("Lost")
        OTHER = "other", _("Another reason")

    claim = models.ForeignKey(Claim, verbose_name=_("claim"), on_delete=models.CASCADE, related_name="lines")
    category = models.CharField(_("part of the claim"), max_length=10, choices=Category)
    expense_kind = models.CharField(_("expense"), max_length=20, choices=ExpenseKind, blank=True)
    description = LineField(_("what it was"), max_length=200)
    on = models.DateField(_("day"))
    hours = models.DecimalField(_("hours"), max_digits=5, decimal_places=2, null=True, blank=True)
    hours_reason = WordsField(
        _("why the hours are not those that staff recorded"), max_length=300, blank=True, default="", db_default=""
    )
    miles = models.DecimalField(_("miles"), max_digits=6, decimal_places=1, null=True, blank=True)
    vehicle = models.CharField(
        _("vehicle"),
        max_length=10,
        choices=Vehicle,
        blank=True,
        default="",
        db_default="",
        help_text=_("Asked only where HMRC's rates are paid. Empty: a car, at the programme's own rate."),
    )
    passengers = models.PositiveSmallIntegerField(_("passengers"), default=0, db_default=0)
    nights = models.PositiveSmallIntegerField(
        _("nights"), null=True, blank=True, help_text=_("Where the limit is so much a night.")
    )
    hours_spent = models.DecimalField(
        _("hours away, or of care"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Where the limit is counted by hours."),
    )
    prior_approval_by = LineField(
        _("who agreed to it before, and when"), max_length=200, blank=True, default="", db_default=""
    )
    adds_to = models.OneToOneField(
        "self",
        verbose_name=_("adds to"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="second_look",
        help_text=_("On a second look: the line of which this is what was not agreed. Its receipts prove both."),
    )
    no_receipt_reason = models.CharField(
        _("why there is no receipt"), max_length=12, choices=NoReceipt, blank=True, default="", db_default=""
    )
    no_receipt_words = LineField(_("how that happened"), max_length=200, blank=True, default="", db_default="")
    amount_pence = models.PositiveIntegerField(_("amount, in pence"))
    by_offer = models.BooleanField(
        _("goes by the policy they were offered"),
        default=False,
        db_default=False,
        help_text=_("Where that is better for them than the policy in force."),
    )
    approved_pence = models.PositiveIntegerField(
        _("agreed, in pence"), null=True, blank=True, help_text=_("Set when the claim is approved.")
    )
    decision_reason = WordsField(_("why less was agreed"), max_length=300, blank=True, default="", db_default="")
    rate_note = WordsField(
        _("rate used"),
        max_length=200,
        blank=True,
        help_text=_("How the amount was worked out, kept for good."),
    )

    class Meta:
        verbose_name = _("line of a claim")
        verbose_name_plural = _("lines of claims")
        ordering = ["claim", "-category", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(category="time", expense_kind="", hours__isnull=False, hours__gt=0)
                | (Q(category="expense", hours__isnull=True) & ~Q(expense_kind="")),
                name="claim_line_is_time_or_expense",
            ),
            models.CheckConstraint(
                condition=Q(expense_kind="mileage", miles__isnull=False, miles__gt=0)
                | (~Q(expense_kind="mileage") & Q(miles__isnull=True)),
                name="claim_line_mileage_has_miles",
            ),
            models.CheckConstraint(
                condition=Q(category="time") | Q(hours_reason=""), name="claim_line_hours_differ_for_time_alone"
            ),
            models.CheckConstraint(
                condition=Q(expense_kind="mileage") | Q(vehicle="", passengers=0), name="claim_line_drives_for_mileage"
            ),
            models.CheckConstraint(
                condition=Q(category="expense") | Q(nights=None, hours_spent=None, prior_approval_by=""),
                name="claim_line_counts_expenses_alone",
            ),
            models.CheckConstraint(
                condition=(Q(nights=None) | Q(nights__gt=0)) & (Q(hours_spent=None) | Q(hours_spent__gt=0)),
                name="claim_line_counts_something",
            ),
            models.CheckConstraint(
                condition=Q(no_receipt_reason="", no_receipt_words="")
                | Q(category="expense", no_receipt_reason__in=["contactless", "not_given", "lost"])
                | (Q(category="expense", no_receipt_reason="other") & ~Q(no_receipt_words="")),
                name="claim_line_without_receipt_says_why",
            ),
            models.CheckConstraint(
                condition=Q(approved_pence__isnull=True, decision_reason="")
                | Q(approved_pence__isnull=False, approved_pence=F("amount_pence"))
                | (Q(approved_pence__isnull=False, approved_pence__lt=F("amount_pence")) & ~Q(decision_reason="")),
                name="claim_line_agreed_less_says_why",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="lines_of_a_sent_claim_are_frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("state", "text"), ("target", "bigint")],
                func=(
                    "target = CASE WHEN TG_OP = 'DELETE' THEN OLD.claim_id ELSE NEW.claim_id END;"
                    " SELECT status INTO state FROM payments_claim WHERE id = target;"
                    # An approver decides each line, and changes nothing else of it. Until the claim is approved a
                    # second approver may decide otherwise, and a first decision falls away when the claim goes back.
                    " IF TG_OP = 'UPDATE' AND state = 'submitted'"
                    " AND to_jsonb(NEW) - 'approved_pence' - 'decision_reason'"
                    " = to_jsonb(OLD) - 'approved_pence' - 'decision_reason' THEN RETURN NEW; END IF;"
                    " IF state NOT IN ('draft', 'returned') THEN"
                    " RAISE EXCEPTION 'the lines of a % claim cannot change', state; END IF;"
                    " IF TG_OP = 'UPDATE' AND OLD.claim_id <> NEW.claim_id THEN"
                    " RAISE EXCEPTION 'a line stays on its claim'; END IF;"
                    " IF TG_OP <> 'DELETE' AND NEW.approved_pence IS NOT NULL THEN"
                    " RAISE EXCEPTION 'a line is decided while its claim is checked'; END IF;"
                    " IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
                ),
            ),
            pgtrigger.Trigger(
                name="lines_of_a_second_look_are_what_was_not_agreed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("first", "bigint")],
                func=(
                    "SELECT looks_again_at_id INTO first FROM payments_claim WHERE id = NEW.claim_id;"
                    " IF first IS NULL AND NEW.adds_to_id IS NULL THEN RETURN NEW; END IF;"
                    " IF NOT EXISTS (SELECT FROM payments_claimline l WHERE l.id = NEW.adds_to_id"
                    " AND l.claim_id = first AND NEW.amount_pence <= l.amount_pence - l.approved_pence) THEN"
                    " RAISE EXCEPTION 'a line of a second look is what was not agreed before'; END IF; RETURN NEW;"
                ),
            ),
            pgtrigger.Trigger(
                name="lines_without_receipt_keep_to_the_policy",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=~pgtrigger.Q(new__no_receipt_reason=""),
                func=(
                    "IF NOT EXISTS (SELECT FROM payments_claim c JOIN payments_policyversion v ON v.id IN"
                    " (c.policy_id, c.offered_id) WHERE c.id = NEW.claim_id"
                    " AND v.no_receipt_up_to_pence >= NEW.amount_pence) THEN"
                    " RAISE EXCEPTION 'without a receipt the policy does not repay this amount'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self):
        return self.description

    @property
    def expense_rule(self):
        """The ExpenseRule by which this expense is repaid, or None. Uses a prefetch of its claim's policies."""
        version = (self.claim.offered if self.by_offer else None) or self.claim.policy
        return version.expense_rule_for(self.expense_kind)

    @property
    def needs_receipt(self) -> bool:
        """Return whether the policy asks for a receipt for this amount."""
        rule = self.expense_rule
        return rule is not None and rule.needs_receipt(self.amount_pence)

    @property
    def is_time(self):
        return self.category == self.Category.TIME
