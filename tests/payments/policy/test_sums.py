"""The sums of a policy hold for any numbers: never negative, never above the limit, in any order. The sum to try."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from payments.policy import calculations
from payments.policy.actions import ActivityFee, ExpenseTerms
from payments.policy.calculations import (
    EACH_TIME,
    HOUR,
    HOURS_AWAY,
    NIGHT,
    PER_HOUR,
    CapTerms,
    FeeTerms,
    exact_mileage,
    half_or_full_day,
    last_quarter,
    mileage,
    miles_by_band,
    most_repaid,
    percent_of,
    repaid,
    totals,
)
from tests.helpers.policies import publish_at_once
from tests.helpers.strategies import MILES, PASSENGERS, mileage_terms

PENCE = st.integers(min_value=0, max_value=1_000_000)
NIGHTS = st.integers(min_value=0, max_value=31)
HOURS = st.decimals(min_value=0, max_value=744, places=2)
BANDS = st.lists(
    st.tuples(st.decimals(min_value="0.25", max_value=48, places=2), PENCE),
    min_size=1,
    max_size=4,
    unique_by=lambda b: b[0],
)


@st.composite
def caps(draw):
    per = draw(st.sampled_from([EACH_TIME, NIGHT, HOUR, HOURS_AWAY]))
    if per == HOURS_AWAY:
        return CapTerms(per, bands=tuple(draw(BANDS)))
    return CapTerms(per, draw(PENCE | st.none() if per == EACH_TIME else PENCE))


@given(caps(), PENCE, NIGHTS, HOURS)
def test_what_is_repaid_is_never_negative_never_above_the_limit_and_never_more_than_was_spent(
    cap, spent, nights, hours
):
    most, pence = most_repaid(cap, nights, hours), repaid(cap, spent, nights, hours)
    assert isinstance(pence, int)
    assert 0 <= pence <= spent
    assert most is None or pence <= most
    assert most is None or most >= 0
    assert pence in {spent, most}


@given(caps(), PENCE, PENCE, NIGHTS, HOURS)
def test_who_spends_more_is_never_repaid_less(cap, one, other, nights, hours):
    less, more = sorted([one, other])
    assert repaid(cap, less, nights, hours) <= repaid(cap, more, nights, hours)


@given(PENCE, NIGHTS, NIGHTS)
def test_nights_add_up_however_they_are_claimed(pence, one, other):
    cap = CapTerms(NIGHT, pence)
    assert most_repaid(cap, one) + most_repaid(cap, other) == most_repaid(cap, one + other)


@given(BANDS, HOURS, st.randoms())
def test_the_bands_may_come_in_any_order(bands, hours, chance):
    shuffled = list(bands)
    chance.shuffle(shuffled)
    assert most_repaid(CapTerms(HOURS_AWAY, bands=tuple(bands)), hours=hours) == most_repaid(
        CapTerms(HOURS_AWAY, bands=tuple(shuffled)), hours=hours
    )


@given(BANDS)
def test_a_band_holds_from_its_first_hour_on_and_not_a_minute_before(bands):
    cap = CapTerms(HOURS_AWAY, bands=tuple(bands))
    before = 0
    for from_hours, pence in sorted(bands):
        assert most_repaid(cap, hours=from_hours) == pence
        assert most_repaid(cap, hours=from_hours - Decimal("0.01")) == before
        before = pence


@given(PENCE, st.integers(min_value=0, max_value=100))
def test_a_share_is_whole_pence_and_the_two_shares_are_within_a_penny_of_the_whole(pence, percent):
    share, rest = percent_of(pence, percent), percent_of(pence, 100 - percent)
    assert 0 <= share <= pence
    assert share + rest in {pence, pence + 1}
    assert (percent_of(pence, 0), percent_of(pence, 100)) == (0, pence)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: most_repaid(CapTerms(NIGHT, 100)),
        lambda: most_repaid(CapTerms(HOUR, 100), nights=1),
        lambda: most_repaid(CapTerms(NIGHT, 100), nights=-1),
        lambda: most_repaid(CapTerms("moon", 100), hours=Decimal(1)),
        lambda: repaid(CapTerms(), -1),
        lambda: percent_of(100, 101),
        lambda: percent_of(-1, 50),
    ],
)
def test_sums_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ValueError, match=r"nights or hours|unknown limit|less than nothing|no part"):
        wrong()


@given(mileage_terms(), MILES, MILES, PASSENGERS)
def test_mileage_split_where_the_band_ends_equals_its_parts_summed(terms, miles, before, passengers):
    first, after = miles_by_band(terms, miles, before)
    parts = exact_mileage(terms, first, before, passengers) + exact_mileage(terms, after, before + first, passengers)
    assert calculations.round_pence(parts) == mileage(terms, miles, before, passengers)


LINE = st.tuples(caps(), PENCE, NIGHTS, HOURS)


@given(st.lists(LINE, max_size=12), st.lists(PENCE, max_size=3), st.randoms())
def test_the_lines_of_a_claim_add_up_to_its_total_in_any_order(expenses, times, chance):
    lines = [(False, repaid(*line)) for line in expenses] + [(True, pence) for pence in times]
    sums = totals(lines)
    assert sums.time == sum(times)
    assert sums.total == sums.time + sums.expenses == sum(pence for _is_time, pence in lines)
    shuffled = list(lines)
    chance.shuffle(shuffled)
    assert totals(shuffled) == sums


@given(st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2190, 1, 1)))
def test_the_last_quarter_is_whole_and_over(day):
    first, last = last_quarter(day)
    assert first.day == 1 and first.month in {1, 4, 7, 10}
    assert (last + dt.timedelta(days=1)).day == 1
    assert 89 <= (last - first).days <= 91
    assert last < day <= last + dt.timedelta(days=92)


# The sum anyone can try


@pytest.fixture
def everything(scene):
    """A policy whose sum asks for all there is."""
    return publish_at_once(
        programme=scene.other,
        by=scene.elsewhere,
        effective_from=dt.date(2025, 1, 1),
        fees=[
            ActivityFee(half_or_full_day(5000, 10000, Decimal(4))),
            ActivityFee(FeeTerms(PER_HOUR, unit_pence=3000), role="facilitating"),
            ActivityFee(FeeTerms(PER_HOUR, unit_pence=1250), "preparation"),
        ],
        preparation_included=False,
        pence_per_mile=Decimal(40),
        pay_within_working_days=10,
        claim_window_months=3,
        cancel_within_days=2,
        cancel_share_percent=50,
        expenses=[
            ExpenseTerms("overnight", cap_pence=12000, cap_per="night"),
            ExpenseTerms("subsistence", cap_per="hours_away", bands=((Decimal(5), 1000),)),
        ],
    )


def the_sum(client, scene, **query):
    return client.get(reverse("policy", args=[scene.other.slug]), query).text


def test_the_sum_takes_in_all_the_policy_says(scene, everything, signed_in):
    client = signed_in(None)
    page = the_sum(
        client, scene, hours="3", role="facilitating", preparation="2", miles="10", nights="2", hours_away="30"
    )
    for words in (
        "You would be paid £119.00, and up to £250.00 of what you spend",
        "£30.00 an hour for 3 hours",
        "£12.50 an hour for 2 hours",
        "2 nights, up to £120.00 a night",
        "Away for 30 hours, up to £10.00",
        "£369.00 if you spend up to every limit",
        "If you have said yes and we cancel late, we will pay you £45.00 for your time.",
    ):
        assert words in page
    assert "You would be paid £50.00<" in the_sum(client, scene, hours="3")
    assert "You would be paid £0.00, and up to £120.00" in the_sum(client, scene, nights="1")


def test_the_sum_asks_only_what_its_answer_depends_on(scene, everything, signed_in):
    client = signed_in(None)
    page = the_sum(client, scene)
    for name in ("role", "hours", "preparation", "miles", "nights", "hours_away"):
        assert f'name="{name}"' in page
    assert 'name="activity"' not in page
    plain = client.get(reverse("policy", args=[scene.programme.slug])).text
    for name in ("role", "preparation", "nights", "hours_away"):
        assert f'name="{name}"' not in plain
    assert "cancel late" not in client.get(reverse("policy", args=[scene.programme.slug]), {"hours": "3"}).text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"nights": "two"}, "Enter the number of nights, such as 1"),
        ({"hours_away": "long"}, "Enter hours like 1.5 or 1:30"),
        ({"preparation": "0"}, "Enter a quarter of an hour (0.25) or more"),
        ({"hours": "3", "role": "king"}, "Choose one of the answers in the list"),
    ],
)
def test_what_cannot_be_worked_out_is_said_beside_the_question(scene, everything, signed_in, query, words):
    page = the_sum(signed_in(None), scene, **query)
    assert words in page
    assert "You would be paid" not in page
