"""Estimate the pay for a day by a version of the policy: the sum anyone can try on "How we pay you"."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from payments.policy import calculations, wording
from payments.policy.models.kinds import Activity, ExpenseKind
from payments.policy.models.mileage_rates import MileageRate
from wellbeing.lib.types import Pence, Text


@dataclass(frozen=True)
class Part:
    """One part of the sum: what it is for, and how it was worked out.

    With `up_to` the pence are the most that is repaid of what somebody spends.
    """

    label: Text
    how: Text
    pence: Pence
    up_to: bool = False


@dataclass(frozen=True)
class Estimate:
    """The parts of the sum; the `total` of what is certain and the `most` with all limits used up.

    `if_cancelled` is paid for the time where the programme cancels late; None where that pays nothing.
    """

    parts: tuple[Part, ...]
    total: Pence
    most: Pence
    if_cancelled: Pence | None = None

    @property
    def limits(self):
        """The most that is repaid of what somebody spends, in pence."""
        return self.most - self.total


def estimate(
    version,
    *,
    on,
    activity="",
    role="",
    hours=None,
    preparation=None,
    miles=None,
    vehicle="",
    passengers=0,
    nights=None,
    hours_away=None,
):
    """Estimate the pay for the day `on` under `version`. Hours and miles are Decimal, nights an int, or None.

    `role` is an ActivityRole or "". Miles are the first of the tax year. A vehicle HMRC has no rate for on that day, or
    an activity the version does not pay, counts as nothing. Nights and hours away count where the version has a limit
    by them.
    """
    parts, cancelled = [], None
    if hours:
        time = _time(version, activity, role, hours)
        parts.append(time)
        if version.cancel_share_percent:
            cancelled = calculations.percent_of(time.pence, version.cancel_share_percent)
    if preparation and not version.preparation_included:
        parts.append(_preparation(version, role, preparation))
    rule = version.expense_rule_for(ExpenseKind.MILEAGE)
    if miles and rule:
        parts.append(_mileage(rule, on, miles, vehicle, passengers))
    parts += _limits(version, nights, hours_away)
    certain = calculations.totals((False, part.pence) for part in parts if not part.up_to)
    most = calculations.totals((False, part.pence) for part in parts)
    return Estimate(tuple(parts), certain.total, most.total, cancelled)


def _time(version, activity, role, hours):
    rule = version.fee_rule_for(activity, (role,))
    if rule is None:
        return Part(_("Your time"), _("Your time is not paid for this. We pay back what you spend."), 0)
    return Part(_("Your time"), wording.rate_used(rule, hours), calculations.fee(rule.terms, hours))


def _preparation(version, role, hours):
    label = Activity.PREPARATION.label
    rule = version.fee_rule_for(Activity.PREPARATION, (role,))
    if rule is None:
        return Part(label, _("We do not pay for the time you take to prepare."), 0)
    return Part(label, wording.rate_used(rule, hours), calculations.fee(rule.terms, hours))


def _limits(version, nights, hours_away):
    for kind, given in ((ExpenseKind.OVERNIGHT, nights), (ExpenseKind.SUBSISTENCE, hours_away)):
        rule = version.expense_rule_for(kind)
        if not given or rule is None or not (rule.asks_nights or rule.asks_hours):
            continue
        most = calculations.most_repaid(rule.cap, nights, hours_away)
        assert most is not None, "a limit by nights or hours has its amounts"
        yield Part(rule.label, wording.limit_used(rule, nights, hours_away), most, up_to=True)


def _mileage(rule, on, miles, vehicle, passengers):
    if not rule.hmrc_rates:
        terms = calculations.MileageTerms(rule.pence_per_mile)
        return Part(rule.label, wording.mileage_used(rule, miles), calculations.mileage(terms, miles))
    rate = MileageRate.objects.effective_on(on).get(vehicle)
    if rate is None:
        return Part(rule.label, _("There is no HMRC rate for that."), 0)
    how = wording.hmrc_mileage_used(rate, miles, Decimal(0), passengers)
    return Part(rate.get_vehicle_display(), how, calculations.mileage(rate.terms, miles, Decimal(0), passengers))
