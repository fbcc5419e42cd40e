"""The sums of the payments app: hours and miles to whole pence. Pure: no database, no clock, dates are arguments.

Hours and miles are Decimal, rates are pence. Every sum is rounded once, at its end, by `wellbeing.lib.money`.
"""

import datetime as dt
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


def half_or_full_day(half_day_pence, full_day_pence, half_day_hours, limit_is_half_day=True):
    """FeeTerms by half and full day: pence, pence, and the hours (Decimal) where a half day ends."""
    return FeeTerms(
        HALF_OR_FULL_DAY,
        half_day_pence=half_day_pence,
        full_day_pence=full_day_pence,
        half_day_hours=half_day_hours,
        limit_is_half_day=limit_is_half_day,
    )


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


@dataclass(frozen=True)
class MileageTerms:
    """What a mile is repaid, in pence (Decimal). Without a `first_band_miles` every mile is `first_band_pence`.

    After `first_band_miles` in one tax year a mile is `after_pence`. `passenger_pence` is added for each mile and
    passenger.
    """

    first_band_pence: Decimal
    first_band_miles: Decimal | None = None
    after_pence: Decimal | None = None
    passenger_pence: Decimal = Decimal(0)


def miles_by_band(terms, miles, miles_before=0):
    """How many of `miles` (Decimal) fall in the first band, and how many after it: a pair that adds up to `miles`.

    `miles_before` were repaid earlier in the same tax year. Raises ValueError for a negative distance.
    """
    miles, miles_before = Decimal(miles), Decimal(miles_before)
    if miles < 0 or miles_before < 0:
        raise ValueError("a distance cannot be negative")
    if terms.first_band_miles is None:
        return miles, Decimal(0)
    first = min(miles, max(terms.first_band_miles - miles_before, Decimal(0)))
    return first, miles - first


def exact_mileage(terms, miles, miles_before=0, passengers=0):
    """As `mileage`, in pence not yet rounded (Decimal): a journey cut in two is repaid what the whole one is."""
    first, after = miles_by_band(terms, miles, miles_before)
    rates = (terms.first_band_pence, terms.after_pence or 0, terms.passenger_pence)
    if passengers < 0 or min(rates) < 0:
        raise ValueError("a rate and a number of passengers cannot be negative")
    return (
        first * terms.first_band_pence
        + after * (terms.after_pence or 0)
        + (first + after) * terms.passenger_pence * passengers
    )


def mileage(terms, miles, miles_before=0, passengers=0):
    """What `miles` (Decimal) with so many `passengers` are repaid under `terms` (MileageTerms), in whole pence.

    `miles_before` were repaid earlier in the same tax year with that kind of vehicle: they use up the first band.
    Raises ValueError for a negative rate, distance or number of passengers.
    """
    return round_pence(exact_mileage(terms, miles, miles_before, passengers))


EACH_TIME = "each_time"
NIGHT = "night"
HOUR = "hour"
HOURS_AWAY = "hours_away"


@dataclass(frozen=True)
class CapTerms:
    """The most that one expense is repaid. `pence` is for each time, night or hour; None is no limit.

    By hours away it follows from `bands` instead: (from so many hours (Decimal), pence) pairs in any order. The band
    that starts last among those reached counts; before the first one nothing is repaid.
    """

    per: str = EACH_TIME
    pence: int | None = None
    bands: tuple = ()


def most_repaid(terms, nights=None, hours=None):
    """The most that an expense of so many `nights` (int) or `hours` (Decimal) is repaid, in pence; None for no limit.

    Raises ValueError where the number the limit is counted by is missing or negative, or the limit is of no known kind.
    """
    if terms.per == EACH_TIME:
        return terms.pence
    counted = nights if terms.per == NIGHT else hours
    if counted is None or counted < 0:
        raise ValueError(f"nights or hours are needed to tell the limit: {counted}")
    if terms.per in {NIGHT, HOUR}:
        return None if terms.pence is None else round_pence(terms.pence * Decimal(counted))
    if terms.per == HOURS_AWAY:
        reached = [band for band in terms.bands if band[0] <= counted]
        return max(reached)[1] if reached else 0
    raise ValueError(f"unknown limit: {terms.per!r}")


def repaid(terms, spent_pence, nights=None, hours=None):
    """What is repaid of `spent_pence` under the CapTerms `terms`: up to the limit. Raises as `most_repaid`."""
    if spent_pence < 0:
        raise ValueError(f"nobody spends less than nothing: {spent_pence}")
    most = most_repaid(terms, nights, hours)
    return spent_pence if most is None else min(spent_pence, most)


def percent_of(pence, percent):
    """So many `percent` (a whole number, 0 to 100) of `pence`, in whole pence. Raises ValueError for other numbers."""
    if pence < 0 or not 0 <= percent <= 100:
        raise ValueError(f"no part of an amount: {percent}% of {pence}")
    return round_pence(Decimal(pence) * percent / 100)


def tax_year(on):
    """The first and last day (dates) of the tax year that the date `on` lies in: 6 April to 5 April."""
    start = dt.date(on.year, 4, 6)
    if on < start:
        start = dt.date(on.year - 1, 4, 6)
    return start, dt.date(start.year + 1, 4, 5)


def last_quarter(on):
    """The first and last day (dates) of the last calendar quarter that was over before the date `on`."""
    start = dt.date(on.year, (on.month - 1) // 3 * 3 + 1, 1)
    last = start - dt.timedelta(days=1)
    return dt.date(last.year, last.month - 2, 1), last


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


ALL, PART, NONE, CHARITY, VOUCHER = "all", "part", "none", "charity", "voucher"


@dataclass(frozen=True)
class Shares:
    """Where every penny agreed on a claim goes. The six always add up to what was agreed."""

    money: int = 0
    payroll: int = 0
    voucher: int = 0
    donation: int = 0
    waived: int = 0
    advance_recovered: int = 0

    @property
    def agreed(self):
        return self.owed + self.waived + self.advance_recovered

    @property
    def owed(self):
        """What somebody is still to be given: the person, payroll or a charity."""
        return self.money + self.payroll + self.voucher + self.donation


def shares(fee_pence, expenses_pence, recognition=ALL, part_pence=None, advance_pence=0, payroll=False):
    """Split what was agreed (whole pence) into where it goes: Shares.

    The fee follows the `recognition` the person chose; of `part` they take at most `part_pence`. A fee taken as money
    goes through payroll where the engagement is taxed that way. Expenses are always repaid to the person; nothing a
    person chooses about the fee touches them. Of `advance_pence` (paid in advance) at most the money comes off.
    Raises ValueError for an amount below nothing or an unknown recognition.
    """
    if min(fee_pence, expenses_pence, part_pence or 0, advance_pence) < 0:
        raise ValueError("amounts cannot be negative")
    taken = voucher = donation = 0
    if recognition == ALL:
        taken = fee_pence
    elif recognition == PART:
        taken = min(fee_pence, part_pence or 0)
    elif recognition == CHARITY:
        donation = fee_pence
    elif recognition == VOUCHER:
        voucher = fee_pence
    elif recognition != NONE:
        raise ValueError(f"unknown recognition: {recognition!r}")
    through_payroll = taken if payroll else 0
    money = taken - through_payroll + expenses_pence
    advance_recovered = min(money, advance_pence)
    return Shares(
        money=money - advance_recovered,
        payroll=through_payroll,
        voucher=voucher,
        donation=donation,
        waived=fee_pence - taken - voucher - donation,
        advance_recovered=advance_recovered,
    )
