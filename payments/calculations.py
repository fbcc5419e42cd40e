"""The sums of the payments app: hours and miles to whole pence. Pure: no database, no clock, dates are arguments.

Hours and miles are Decimal, rates are pence. Every sum is rounded once, at its end, by `wellbeing.lib.money`.
"""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from wellbeing.lib.money import round_pence

HALF_OR_FULL_DAY = "half_or_full_day"
PER_HOUR = "per_hour"
PER_PART = "per_part"
FIXED = "fixed"
METHODS = (HALF_OR_FULL_DAY, PER_HOUR, PER_PART, FIXED)


@dataclass(frozen=True)
class FeeTerms:
    """How hours become money. Which rates are filled in depends on `method`.

    `half_day_hours` is where a half day ends; `limit_is_half_day` says whether exactly that many hours is still one.
    `unit_pence` is the rate of an hour, of a started block of `unit_hours` hours, or of the whole (fixed).
    """

    method: str
    half_day_pence: int | None = None
    full_day_pence: int | None = None
    half_day_hours: Decimal | None = None
    limit_is_half_day: bool = True
    unit_pence: int | None = None
    unit_hours: Decimal | None = None


def is_half_day(terms, hours):
    """Whether `hours` (Decimal) is a half day under `terms`, which must be by half and full day."""
    if terms.limit_is_half_day:
        return hours <= terms.half_day_hours
    return hours < terms.half_day_hours


def blocks(terms, hours):
    """How many started blocks of `terms.unit_hours` there are in `hours` (Decimal): 3 hours is 1, 3.25 is 2."""
    return int((hours / terms.unit_hours).to_integral_value(rounding=ROUND_CEILING))


def fee(terms, hours):
    """What `hours` (Decimal, not negative) of a person's time is paid under `terms`, in whole pence.

    No time is paid nothing, whatever the method. Raises ValueError for negative hours or an unknown method.
    """
    hours = Decimal(hours)
    if hours < 0:
        raise ValueError(f"hours cannot be negative: {hours}")
    if hours == 0:
        return 0
    if terms.method == HALF_OR_FULL_DAY:
        return terms.half_day_pence if is_half_day(terms, hours) else terms.full_day_pence
    if terms.method == PER_HOUR:
        return round_pence(terms.unit_pence * hours)
    if terms.method == PER_PART:
        return terms.unit_pence * blocks(terms, hours)
    if terms.method == FIXED:
        return terms.unit_pence
    raise ValueError(f"unknown method: {terms.method!r}")


def mileage(pence_per_mile, miles):
    """What driving `miles` (Decimal) is repaid at `pence_per_mile` (Decimal), in whole pence.

    Raises ValueError for a negative rate or distance.
    """
    rate, miles = Decimal(pence_per_mile), Decimal(miles)
    if rate < 0 or miles < 0:
        raise ValueError("a rate and a distance cannot be negative")
    return round_pence(rate * miles)


def hours_between(starts_at, ends_at):
    """The time between two datetimes as hours: a Decimal with two places, rounded half up to the hundredth."""
    seconds = Decimal(int((ends_at - starts_at).total_seconds()))
    return Decimal(round_pence(seconds / 36)) / 100


@dataclass(frozen=True)
class Totals:
    """The sums of a claim, in whole pence. `total` is always `time` plus `expenses`."""

    time: int
    expenses: int

    @property
    def total(self):
        return self.time + self.expenses


def totals(lines):
    """The Totals of `lines`: (is_time, amount in pence) pairs, in any order."""
    time = expenses = 0
    for is_time, pence in lines:
        if is_time:
            time += pence
        else:
            expenses += pence
    return Totals(time, expenses)
