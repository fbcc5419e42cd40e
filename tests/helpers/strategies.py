"""Hypothesis strategies for the sums of a policy."""

from decimal import Decimal

from hypothesis import strategies as st

from payments.policy.calculations import (
    MileageTerms,
)

MILES = st.decimals(min_value=0, max_value=20_000, places=1)


RATES_A_MILE = st.decimals(min_value=0, max_value=200, places=2)


PASSENGERS = st.integers(min_value=0, max_value=16)


@st.composite
def mileage_terms(draw):
    if draw(st.booleans()):
        return MileageTerms(draw(RATES_A_MILE))
    band = Decimal(draw(st.integers(min_value=1, max_value=12_000)))
    return MileageTerms(draw(RATES_A_MILE), band, draw(RATES_A_MILE), draw(RATES_A_MILE))
