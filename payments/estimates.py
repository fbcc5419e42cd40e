"""What a day would be paid by a version of the policy: the sum anyone can try on "How we pay you"."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from payments import calculations, wording
from payments.models import MileageRate
from payments.models.policy import ExpenseKind


@dataclass(frozen=True)
class Part:
    """One part of the sum: what it is for, how it was worked out, and whole pence."""

    label: str
    how: str
    pence: int


@dataclass(frozen=True)
class Estimate:
    """The parts of the sum and their total, in whole pence."""

    parts: tuple
    total: int


def estimate(version, *, on, activity="", hours=None, miles=None, vehicle="", passengers=0):
    """The Estimate for so many `hours` and `miles` (Decimal or None) on the date `on` under `version`.

    Miles are the first of the tax year. A vehicle HMRC has no rate for on that day, or an activity the version does
    not pay, counts as nothing.
    """
    parts = []
    if hours:
        parts.append(_time(version, activity, hours))
    rule = version.expense_rule_for(ExpenseKind.MILEAGE)
    if miles and rule:
        parts.append(_mileage(rule, on, miles, vehicle, passengers))
    sums = calculations.totals((False, part.pence) for part in parts)
    return Estimate(tuple(parts), sums.total)


def _time(version, activity, hours):
    rule = version.fee_rule_for(activity)
    if rule is None:
        return Part(_("Your time"), _("Your time is not paid for this. We pay back what you spend."), 0)
    return Part(_("Your time"), wording.rate_used(rule, hours), calculations.fee(rule.terms, hours))


def _mileage(rule, on, miles, vehicle, passengers):
    if not rule.hmrc_rates:
        terms = calculations.MileageTerms(rule.pence_per_mile)
        return Part(rule.label, wording.mileage_used(rule, miles), calculations.mileage(terms, miles))
    rate = MileageRate.objects.in_force(on).get(vehicle)
    if rate is None:
        return Part(rule.label, _("There is no HMRC rate for that."), 0)
    how = wording.hmrc_mileage_used(rate, miles, Decimal(0), passengers)
    return Part(rate.get_vehicle_display(), how, calculations.mileage(rate.terms, miles, Decimal(0), passengers))
