"""Versions of the reward and recognition policy of a programme."""

import datetime as dt

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from payments.policy.models.kinds import Activity, ActivityRole
from payments.upload_paths import usual_reminders
from programmes.models import Programme


def kept_with_published_policy(name):
    """Make a trigger that freezes rows of a policy version once that version is published."""
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


class PolicyVersionQuerySet(models.QuerySet["PolicyVersion"]):
    def in_use(self) -> "PolicyVersionQuerySet":
        """Return the published versions that count on some day: not those replaced by a later one of the same day."""
        later = self.model._default_manager.filter(
            programme=OuterRef("programme"),
            effective_from=OuterRef("effective_from"),
            number__gt=OuterRef("number"),
            published_at__isnull=False,
        )
        return self.filter(~Exists(later), published_at__isnull=False)

    def effective_on(self, programme: Programme, on: dt.date) -> "PolicyVersion | None":
        """Return the published version of `programme`'s policy that is effective on the day `on`, or None."""
        return (
            self.filter(programme=programme, published_at__isnull=False, effective_from__lte=on)
            .order_by("-effective_from", "-number")
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
    effective_from = models.DateField(_("holds from"))
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
    no_receipt_up_to_pence = models.PositiveIntegerField(
        _("most we repay without a receipt, in pence"),
        null=True,
        blank=True,
        help_text=_("Of one expense whose receipt is lost or was never given. Empty: nothing."),
    )
    no_receipt_second_above_pence = models.PositiveIntegerField(
        _("two people approve what has no receipt above, in pence"),
        null=True,
        blank=True,
        help_text=_("All such expenses of a claim added up. Empty: one member of staff is enough."),
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
            models.CheckConstraint(
                condition=Q(no_receipt_up_to_pence=None, no_receipt_second_above_pence=None)
                | Q(no_receipt_up_to_pence__isnull=False, no_receipt_up_to_pence__gt=0),
                name="policy_without_receipt_has_its_limit",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="published_policy_is_kept",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__published_at__isnull=False),
            ),
            pgtrigger.Trigger(
                name="two_people_publish_where_asked",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__published_at__isnull=True, new__published_at__isnull=False),
                # Publications are a wing above this one; the database knows them by their table.
                func=(
                    "IF (SELECT policy_needs_two_people FROM programmes_programme WHERE id = NEW.programme_id)"
                    " AND NOT EXISTS (SELECT FROM payments_publication WHERE version_id = NEW.id"
                    " AND confirmed_by_id IS NOT NULL AND sent_back_at IS NULL"
                    " AND requested_at >= NEW.changed_at) THEN"
                    " RAISE EXCEPTION 'two people publish a policy of this programme'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self):
        return f"{self.programme}, {_('version')} {self.number}"

    def fee_rule_for(self, activity, roles=()):
        """Return the FeeRule for `activity` and somebody with `roles` (ActivityRole values) there, or None.

        The closest rule counts: for activity and role, then for the activity, then for the role, then for everything
        else. Of several roles the first of ActivityRole counts. Preparation has a rate only where the payment does not
        include it, and then its own: the rates for everything else are for being there. Uses a prefetch.
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

    def share_when_cancelled(self, days_before: int) -> int:
        """Return the percentage of the payment that is due for what is cancelled so many days before; 0 for nothing."""
        if self.cancel_within_days is None or not 0 <= days_before <= self.cancel_within_days:
            return 0
        return self.cancel_share_percent or 0

    def expense_rule_for(self, kind):
        """Return the ExpenseRule that covers `kind`, or None where it is not covered. Uses a prefetch."""
        return next((rule for rule in self.expense_rules.all() if rule.kind == kind), None)
