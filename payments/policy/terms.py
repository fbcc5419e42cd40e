"""The terms for one person: those in force or those they were offered, for each thing the better of the two."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from payments.policy import calculations
from payments.policy.models.expenses import ExpenseRule
from payments.policy.models.fees import FeeRule
from payments.policy.models.versions import PolicyVersion
from wellbeing.lib.types import Pence


@dataclass(frozen=True)
class CancelledFee:
    """The pay for what was cancelled: `percent` of `full_pence`, by `rule`."""

    rule: FeeRule
    full_pence: Pence
    percent: int
    pence: Pence


@dataclass(frozen=True)
class Terms:
    """The version `in_force` and the one `offered` to somebody, or None where they were offered no other.

    Where both give the same, the version in force counts.
    """

    in_force: PolicyVersion
    offered: PolicyVersion | None = None

    @property
    def versions(self) -> tuple[PolicyVersion, ...]:
        """The versions to choose from, the one in force first."""
        if self.offered is None or self.offered.pk == self.in_force.pk:
            return (self.in_force,)
        return (self.in_force, self.offered)

    @property
    def pay_within_working_days(self) -> int:
        return min(version.pay_within_working_days for version in self.versions)

    @property
    def claim_window_months(self) -> int:
        return max(version.claim_window_months for version in self.versions)

    @property
    def no_receipt_up_to_pence(self) -> Pence | None:
        """The most that an expense without a receipt may come to; None where each needs one."""
        limits = [version.no_receipt_up_to_pence for version in self.versions]
        return max((limit for limit in limits if limit is not None), default=None)

    @property
    def no_receipt_second_above_pence(self) -> Pence | None:
        """From what sum without receipts two people approve, by the version in force; None where one is enough."""
        return self.in_force.no_receipt_second_above_pence

    def fee_rule_for(self, activity: str, roles: Iterable[str], hours: Decimal) -> FeeRule | None:
        """Return the FeeRule that pays most for `hours` at `activity`, or None where the time is not paid."""
        roles = tuple(roles)
        found = [rule for version in self.versions if (rule := version.fee_rule_for(activity, roles))]
        return max(found, key=lambda rule: calculations.fee(rule.terms, hours), default=None)

    def fee_for_days(self, activity: str, roles: Iterable[str], hours_each_day: Iterable[Decimal]) -> Pence:
        """Return the pay for days of so many hours each, every day by the rule that pays most for it; 0 for none."""
        roles = tuple(roles)
        return sum(
            calculations.fee(rule.terms, hours)
            for hours in hours_each_day
            if (rule := self.fee_rule_for(activity, roles, hours))
        )

    def cancelled_fee(
        self, activity: str, roles: Iterable[str], hours: Decimal, days_before: int
    ) -> CancelledFee | None:
        """Return the highest pay for what is cancelled `days_before`, or None where the time is not paid."""
        roles, fees = tuple(roles), []
        for version in self.versions:
            if rule := version.fee_rule_for(activity, roles):
                full, percent = calculations.fee(rule.terms, hours), version.share_when_cancelled(days_before)
                fees.append(CancelledFee(rule, full, percent, calculations.percent_of(full, percent)))
        return max(fees, key=lambda fee: fee.pence, default=None)

    def expense_rules_for(self, kind: str) -> list[ExpenseRule]:
        """Return the ExpenseRules that cover `kind`, that of the version in force first. Uses a prefetch."""
        return [rule for version in self.versions if (rule := version.expense_rule_for(kind))]

    def expense_rules(self) -> list[list[ExpenseRule]]:
        """Return the ExpenseRules by kind, as `expense_rules_for` does for one. Uses a prefetch."""
        kinds = {rule.kind: None for version in self.versions for rule in version.expense_rules.all()}
        return [self.expense_rules_for(kind) for kind in kinds]
