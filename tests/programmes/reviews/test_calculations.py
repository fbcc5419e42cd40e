"""Means, spreads and gaps."""

from decimal import Decimal
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.reviews.calculations import gap_between, mean_of, spread_of

answers = st.lists(st.integers(0, 5), max_size=60)


def counted(values):
    return {value: values.count(value) for value in set(values)}


@given(answers)
def test_a_spread_is_that_of_the_answers_without_those_that_do_not_apply(values):
    spread = spread_of(counted(values))
    steps = sorted(value for value in values if value)
    if not steps:
        assert spread is None
        return
    assert spread.number == len(steps)
    assert abs(float(spread.mean) - mean(steps)) <= 0.0501
    assert steps[0] <= spread.low <= spread.high <= steps[-1]
    assert sum(value <= spread.low for value in steps) >= len(steps) / 4
    assert sum(value >= spread.high for value in steps) >= len(steps) / 4


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({1: 1, 2: 2, 5: 1}, ("2.5", 1, 2)),
        ({3: 5}, ("3.0", 3, 3)),
        ({1: 1, 2: 1, 3: 1, 4: 1, 5: 1}, ("3.0", 2, 4)),
        ({4: 1, 5: 1, 0: 9}, ("4.5", 4, 5)),
    ],
)
def test_worked_cases(counts, expected):
    spread = spread_of(counts)
    assert (str(spread.mean), spread.low, spread.high) == expected


def test_a_gap_needs_both_means():
    assert gap_between(Decimal("2.1"), Decimal("4.2")) == Decimal("-2.1")
    assert gap_between(None, Decimal("4.2")) is None
    assert gap_between(Decimal("4.2"), None) is None


def test_a_mean_of_means():
    assert mean_of([Decimal("2.0"), Decimal("3.5")]) == Decimal("2.8")
    assert mean_of([]) is None
