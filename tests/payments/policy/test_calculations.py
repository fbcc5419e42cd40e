"""Sums: whole pence, rounded once, never negative."""

import csv
import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments.policy import calculations
from payments.policy.calculations import (
    FeeTerms,
    MileageTerms,
    exact_mileage,
    fee,
    hours_between,
    mileage,
    miles_by_band,
    tax_year,
    totals,
)
from tests.helpers.strategies import MILES, PASSENGERS, mileage_terms

DATA = Path(__file__).parent / "data"
HOURS = st.decimals(min_value=0, max_value=200, places=2)
PENCE = st.integers(min_value=0, max_value=100_000)


def rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@st.composite
def terms(draw):
    method = draw(st.sampled_from(calculations.METHODS))
    if method == calculations.HALF_OR_FULL_DAY:
        half = draw(PENCE)
        return FeeTerms(
            method,
            half_day_pence=half,
            full_day_pence=half + draw(PENCE),
            half_day_hours=draw(st.decimals(min_value="0.25", max_value=12, places=2)),
            limit_is_half_day=draw(st.booleans()),
        )
    blocks = draw(st.decimals(min_value="0.25", max_value=12, places=2))
    return FeeTerms(method, unit_pence=draw(PENCE), unit_hours=blocks)


@given(terms(), HOURS)
def test_a_fee_is_whole_pence_and_never_negative(terms, hours):
    amount = fee(terms, hours)
    assert isinstance(amount, int)
    assert amount >= 0


@given(terms(), HOURS, HOURS)
def test_more_hours_are_never_paid_less(terms, one, other):
    less, more = sorted([one, other])
    assert fee(terms, less) <= fee(terms, more)


@given(PENCE, HOURS)
def test_an_hourly_fee_is_rounded_once_to_the_nearest_penny(rate, hours):
    exact = rate * hours
    assert abs(fee(FeeTerms(calculations.PER_HOUR, unit_pence=rate), hours) - exact) <= Decimal("0.5")


@given(mileage_terms(), MILES, MILES, PASSENGERS)
def test_mileage_is_whole_pence_never_negative_and_rounded_once(terms, miles, before, passengers):
    amount = mileage(terms, miles, before, passengers)
    assert isinstance(amount, int)
    assert amount >= 0
    assert abs(amount - exact_mileage(terms, miles, before, passengers)) <= Decimal("0.5")


@given(mileage_terms(), MILES, MILES, PASSENGERS)
def test_a_journey_split_at_the_boundary_of_the_band_is_repaid_its_parts_summed(terms, miles, before, passengers):
    first, after = miles_by_band(terms, miles, before)
    assert first + after == miles
    parts = exact_mileage(terms, first, before, passengers) + exact_mileage(terms, after, before + first, passengers)
    assert parts == exact_mileage(terms, miles, before, passengers)


@given(mileage_terms(), MILES, MILES, MILES)
def test_a_journey_may_be_cut_anywhere(terms, one, other, before):
    parts = exact_mileage(terms, one, before) + exact_mileage(terms, other, before + one)
    assert parts == exact_mileage(terms, one + other, before)


@given(st.dates(min_value=dt.date(1950, 1, 1), max_value=dt.date(2190, 1, 1)))
def test_a_day_lies_in_its_tax_year(day):
    first, last = tax_year(day)
    assert first <= day <= last
    assert (first.month, first.day, last.month, last.day) == (4, 6, 4, 5)


def rate_on(day, vehicle):
    """The MileageTerms of mileage_rates.csv that hold for `vehicle` on the ISO date `day`."""
    row = max(
        (row for row in rows("mileage_rates.csv") if row["vehicle"] == vehicle and row["effective_from"] <= day),
        key=lambda row: row["effective_from"],
    )
    band, after = row["first_band_miles_a_tax_year"], row["after_pence"]
    return MileageTerms(
        Decimal(row["first_band_pence"]),
        Decimal(band) if band else None,
        Decimal(after) if after else None,
        Decimal(row["passenger_pence"]),
    )


@given(st.lists(st.tuples(st.booleans(), PENCE)), st.randoms())
def test_the_lines_add_up_to_the_total_in_any_order(lines, chance):
    sums = totals(lines)
    assert sums.total == sum(pence for _is_time, pence in lines)
    shuffled = list(lines)
    chance.shuffle(shuffled)
    assert totals(shuffled) == sums


@pytest.mark.parametrize("method", calculations.METHODS)
def test_a_fee_for_no_hours_is_nothing(method):
    assert fee(FeeTerms(method, 5000, 10000, Decimal(4), True, 2500, Decimal(3)), Decimal(0)) == 0


def test_negative_hours_and_distances_are_refused():
    with pytest.raises(ValueError, match="negative"):
        fee(FeeTerms(calculations.FIXED, unit_pence=500), Decimal(-1))
    with pytest.raises(ValueError, match="negative"):
        mileage(MileageTerms(Decimal(40)), Decimal(-1))
    with pytest.raises(ValueError, match="negative"):
        mileage(MileageTerms(Decimal(40)), Decimal(1), passengers=-1)


def test_an_unknown_method_is_refused():
    with pytest.raises(ValueError, match="unknown"):
        fee(FeeTerms("by the moon"), Decimal(1))


def test_hours_between_two_times_have_two_places():
    start = dt.datetime(2026, 5, 4, 10, tzinfo=dt.UTC)
    assert hours_between(start, start + dt.timedelta(hours=2, minutes=30)) == Decimal("2.5")
    assert hours_between(start, start + dt.timedelta(minutes=50)) == Decimal("0.83")


def published(rate):
    """The FeeTerms that say what a row of published_rates.csv says."""
    pence = int(Decimal(rate["half_day_or_unit_gbp"]) * 100)
    rule = rate["rule"]
    if rule.startswith("half_day"):
        return FeeTerms(
            calculations.HALF_OR_FULL_DAY,
            half_day_pence=pence,
            full_day_pence=int(Decimal(rate["full_day_gbp"]) * 100),
            half_day_hours=Decimal(4),
            limit_is_half_day=rule == "half_day_up_to_4",
        )
    method = {
        "per_hour": calculations.PER_HOUR,
        "per_3_hours_or_part": calculations.PER_PART,
        "fixed": calculations.FIXED,
    }[rule]
    return FeeTerms(method, unit_pence=pence, unit_hours=Decimal(3) if method == calculations.PER_PART else None)


RATES = {(rate["body"], rate["activity"]): published(rate) for rate in rows("published_rates.csv")}


@pytest.mark.parametrize(
    "row", rows("published_rates_expected.csv"), ids=lambda row: f"{row['body']} {row['activity']} {row['hours']}h"
)
def test_a_published_rate_pays_what_its_body_says(row):
    amount = fee(RATES[row["body"], row["activity"]], Decimal(row["hours"]))
    assert amount == int(Decimal(row["fee_gbp"]) * 100)


@pytest.mark.parametrize(
    "row", rows("mileage_expected.csv"), ids=lambda row: f"{row['date']} {row['vehicle']} {row['miles']}"
)
def test_a_journey_is_repaid_at_the_rates_hmrc_approves(row):
    amount = mileage(
        rate_on(row["date"], row["vehicle"]),
        Decimal(row["miles"]),
        Decimal(row["miles_before"]),
        int(row["passengers"]),
    )
    assert amount == int(Decimal(row["amount_gbp"]) * 100)


# Where what was agreed goes

pence = st.integers(0, 100_000)


@given(
    fee=pence,
    expenses=pence,
    recognition=st.sampled_from(["all", "part", "none", "charity", "voucher"]),
    part=pence,
    advance=pence,
    payroll=st.booleans(),
)
def test_every_penny_agreed_goes_somewhere(fee, expenses, recognition, part, advance, payroll):
    shares = calculations.shares(fee, expenses, recognition, part, advance, payroll)
    parts = (shares.money, shares.payroll, shares.voucher, shares.donation, shares.waived, shares.advance_recovered)
    assert min(parts) >= 0
    assert shares.approved == fee + expenses
    # Expenses are repaid whatever the person chose, less only what was paid in advance.
    assert shares.money + shares.advance_recovered >= expenses
    assert shares.advance_recovered <= advance


@pytest.mark.parametrize(
    ("recognition", "expected"),
    [
        ("all", calculations.Shares(money=6250)),
        ("part", calculations.Shares(money=3250, waived=3000)),
        ("none", calculations.Shares(money=1250, waived=5000)),
        ("charity", calculations.Shares(money=1250, donation=5000)),
        ("voucher", calculations.Shares(money=1250, voucher=5000)),
    ],
)
def test_the_fee_follows_the_persons_choice_and_expenses_do_not(recognition, expected):
    assert calculations.shares(5000, 1250, recognition, 2000) == expected


def test_a_taxed_fee_goes_through_payroll_and_expenses_do_not():
    assert calculations.shares(5000, 1250, payroll=True) == calculations.Shares(money=1250, payroll=5000)


def test_an_advance_is_netted_off_and_never_more_than_the_money():
    assert calculations.shares(5000, 1250, advance_pence=2000) == calculations.Shares(
        money=4250, advance_recovered=2000
    )
    assert calculations.shares(0, 1250, advance_pence=2000) == calculations.Shares(advance_recovered=1250)


def test_shares_refuse_what_makes_no_sense():
    with pytest.raises(ValueError, match="negative"):
        calculations.shares(-1, 0)
    with pytest.raises(ValueError, match="unknown"):
        calculations.shares(1, 0, "gold")
