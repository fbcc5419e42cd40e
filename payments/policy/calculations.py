"""The sums of the payments app: hours and miles to whole pence. Pure: no database, no clock, dates are arguments.

Hours and miles are Decimal, rates are pence. Every sum is rounded once, at its end, by `wellbeing.lib.money`.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from wellbeing.lib.money import round_pence
from wellbeing.lib.types import Pence

HALF_OR_FULL_DAY = "half_or_full_day"
PER_HOUR = "per_hour"
PER_PART = "per_part"
FIXED = "fixed"
METHODS = (HALF_OR_FULL_DAY, PER_HOUR, PER_PART, FIXED)


@dataclass(frozen=True)
class FeeTerms:
    """The rates by which hours become money. Which of them are filled in depends on `method`.

    `half_day_hours` is where a half day ends; `limit_is_half_day` says whether exactly that many hours is still one.
    `unit_pence` is the rate of an hour, of a started block of `unit_hours` hours, or of the whole (fixed).
    """

    method: str
    half_day_pence: Pence | None = None
    full_day_pence: Pence | None = None
    half_day_hours: Decimal | None = None
    limit_is_half_day: bool = True
    unit_pence: Pence | None = None
    unit_hours: Decimal | None = None


def half_or_full_day(
    half_day_pence: Pence, full_day_pence: Pence, half_day_hours: Decimal, limit_is_half_day: bool = True
) -> FeeTerms:
    """Make FeeTerms by half and full day; a half day ends at `half_day_hours`."""
    return FeeTerms(
        HALF_OR_FULL_DAY,
        half_day_pence=half_day_pence,
        full_day_pence=full_day_pence,
        half_day_hours=half_day_hours,
        limit_is_half_day=limit_is_half_day,
    )


def is_half_day(terms: FeeTerms, hours: Decimal) -> bool:
    """Whether `hours` is a half day under `terms`, which must be by half and full day."""
    assert terms.half_day_hours is not None
    if terms.limit_is_half_day:
        return hours <= terms.half_day_hours
    return hours < terms.half_day_hours


def blocks(terms: FeeTerms, hours: Decimal) -> int:
    """Count the started blocks of `terms.unit_hours` in `hours`: with blocks of 3 hours, 3 hours is 1 and 3.25 is 2."""
    assert terms.unit_hours is not None
    return int((hours / terms.unit_hours).to_integral_value(rounding=ROUND_CEILING))


def fee(terms: FeeTerms, hours: Decimal) -> Pence:
    """Return the pay for `hours` of a person's time under `terms`; 0 for no time, whatever the method.

    `terms` must have the rates of their method, as the database makes sure. Raises ValueError for negative hours or an
    unknown method.
    """
    hours = Decimal(hours)
    if hours < 0:
        raise ValueError(f"hours cannot be negative: {hours}")
    if hours == 0:
        return 0
    if terms.method == HALF_OR_FULL_DAY:
        assert terms.half_day_pence is not None and terms.full_day_pence is not None
        return terms.half_day_pence if is_half_day(terms, hours) else terms.full_day_pence
    if terms.method not in METHODS:
        raise ValueError(f"unknown method: {terms.method!r}")
    assert terms.unit_pence is not None
    if terms.method == PER_HOUR:
        return round_pence(terms.unit_pence * hours)
    if terms.method == PER_PART:
        return terms.unit_pence * blocks(terms, hours)
    return terms.unit_pence


@dataclass(frozen=True)
class MileageTerms:
    """The rates at which miles are repaid, in pence. Without `first_band_miles` every mile is `first_band_pence`.

    After `first_band_miles` in one tax year a mile is `after_pence`. `passenger_pence` is added for each mile and
    passenger.
    """

    first_band_pence: Decimal
    first_band_miles: Decimal | int | None = None
    after_pence: Decimal | None = None
    passenger_pence: Decimal = Decimal(0)


def miles_by_band(terms: MileageTerms, miles: Decimal, miles_before: Decimal | int = 0) -> tuple[Decimal, Decimal]:
    """Split `miles` into those in the first band and those after it.

    `miles_before` were repaid earlier in the same tax year. Raises ValueError for a negative distance.
    """
    miles, miles_before = Decimal(miles), Decimal(miles_before)
    if miles < 0 or miles_before < 0:
        raise ValueError("a distance cannot be negative")
    if terms.first_band_miles is None:
        return miles, Decimal(0)
    first = min(miles, max(terms.first_band_miles - miles_before, Decimal(0)))
    return first, miles - first


def exact_mileage(terms: MileageTerms, miles: Decimal, miles_before: Decimal | int = 0, passengers: int = 0) -> Decimal:
    """Return the pence for `miles`, not rounded yet, so that a journey cut in two is repaid as much as the whole one.

    Arguments and errors are those of `mileage`.
    """
    first, after = miles_by_band(terms, miles, miles_before)
    rates = (terms.first_band_pence, terms.after_pence or 0, terms.passenger_pence)
    if passengers < 0 or min(rates) < 0:
        raise ValueError("a rate and a number of passengers cannot be negative")
    return (
        first * terms.first_band_pence
        + after * (terms.after_pence or 0)
        + (first + after) * terms.passenger_pence * passengers
    )


def mileage(terms: MileageTerms, miles: Decimal, miles_before: Decimal | int = 0, passengers: int = 0) -> Pence:
    """Return the whole pence for `miles` with so many `passengers` under `terms`.

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

    By hours away it follows from `bands` instead: (from so many hours, pence) pairs in any order. The band that starts
    last among those reached counts; before the first one nothing is repaid.
    """

    per: str = EACH_TIME
    pence: Pence | None = None
    bands: tuple[tuple[Decimal, Pence], ...] = ()


def most_repaid(terms: CapTerms, nights: int | None = None, hours: Decimal | None = None) -> Pence | None:
    """Return the most that an expense of so many `nights` or `hours` is repaid; None for no limit.

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


def repaid(terms: CapTerms, spent_pence: Pence, nights: int | None = None, hours: Decimal | None = None) -> Pence:
    """Return the part of `spent_pence` that is repaid under `terms`: all of it, up to the limit.

    Raises ValueError for a negative amount, and for what `most_repaid` refuses.
    """
    if spent_pence < 0:
        raise ValueError(f"nobody spends less than nothing: {spent_pence}")
    most = most_repaid(terms, nights, hours)
    return spent_pence if most is None else min(spent_pence, most)


def percent_of(pence: Pence, percent: int) -> Pence:
    """Return `percent` of `pence`. Raises ValueError for less than nothing, and for other percentages than 0 to 100."""
    if pence < 0 or not 0 <= percent <= 100:
        raise ValueError(f"no part of an amount: {percent}% of {pence}")
    return round_pence(Decimal(pence) * percent / 100)


def tax_year(on: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and last day of the tax year of the day `on`: 6 April to 5 April."""
    start = dt.date(on.year, 4, 6)
    if on < start:
        start = dt.date(on.year - 1, 4, 6)
    return start, dt.date(start.year + 1, 4, 5)


def last_quarter(on: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and last day of the last calendar quarter that was over before the day `on`."""
    start = dt.date(on.year, (on.month - 1) // 3 * 3 + 1, 1)
    last = start - dt.timedelta(days=1)
    return dt.date(last.year, last.month - 2, 1), last


def hours_between(starts_at: dt.datetime, ends_at: dt.datetime) -> Decimal:
    """Return the hours between two moments, rounded half up to the hundredth."""
    seconds = Decimal(int((ends_at - starts_at).total_seconds()))
    return Decimal(round_pence(seconds / 36)) / 100


def hours_each_day(spans: Iterable[tuple[dt.datetime, dt.datetime]]) -> list[Decimal]:
    """Return the hours of each day of an event, from when it starts and ends: each day is paid by itself."""
    return [hours_between(starts_at, ends_at) for starts_at, ends_at in spans]


@dataclass(frozen=True)
class Totals:
    """The sums of a claim, in whole pence. `total` is always `time` plus `expenses`."""

    time: Pence
    expenses: Pence

    @property
    def total(self) -> Pence:
        return self.time + self.expenses


def totals(lines: Iterable[tuple[bool, Pence]]) -> Totals:
    """Add up `lines`, (is it for time, amount) pairs in any order."""
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
    """The parts of an approved amount, by where they go. The six always add up to it."""

    money: Pence = 0
    payroll: Pence = 0
    voucher: Pence = 0
    donation: Pence = 0
    waived: Pence = 0
    advance_recovered: Pence = 0

    @property
    def approved(self) -> Pence:
        return self.owed + self.waived + self.advance_recovered

    @property
    def owed(self) -> Pence:
        """The pence still to be given to somebody: the person, payroll or a charity."""
        return self.money + self.payroll + self.voucher + self.donation


def shares(
    fee_pence: Pence,
    expenses_pence: Pence,
    recognition: str = ALL,
    part_pence: Pence | None = None,
    advance_pence: Pence = 0,
    payroll: bool = False,
) -> Shares:
    """Split an approved fee and approved expenses by where they go.

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
