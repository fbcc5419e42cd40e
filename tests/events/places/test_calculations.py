"""Sums about places."""

import datetime as dt

import pytest

from events.places.calculations import HoldTimes, PlaceCount

START = dt.datetime(2026, 12, 10, 10, tzinfo=dt.UTC)
TIMES = HoldTimes(hours=48, by_hand_hours=120, near_within=72, near_hours=12, none_within=2)


@pytest.mark.parametrize(
    ("count", "lived", "others"),
    [
        (PlaceCount(None), True, True),
        (PlaceCount(4), True, True),
        (PlaceCount(4, taken=4), False, False),
        (PlaceCount(4, taken=3, held=1), False, False),
        (PlaceCount(4, kept=2, taken=2, taken_by_others=2), True, False),
        (PlaceCount(4, kept=2, taken=2, taken_by_others=1), True, True),
        (PlaceCount(4, kept=2, taken=1, held=1, taken_by_others=1, held_for_others=1), True, False),
        (PlaceCount(4, kept=4), True, False),
        (PlaceCount(2, taken=3), False, False),
    ],
)
def test_a_free_place_fits_whom_it_is_not_kept_from(count, lived, others):
    assert count.fits(lived_experience=True) is lived
    assert count.fits(lived_experience=False) is others


def test_an_offer_holds_a_place():
    count = PlaceCount(2, kept=1).with_offer(lived_experience=False)
    assert count.free == 1
    assert count.kept_and_free == 1


@pytest.mark.parametrize(
    ("hours_before", "by_hand", "held"), [(200, False, 48), (200, True, 120), (72, False, 12), (30, True, 12)]
)
def test_an_offer_is_held_shorter_near_the_start(hours_before, by_hand, held):
    assert TIMES.held_for(START - dt.timedelta(hours=hours_before), START, by_hand=by_hand) == held


def test_nothing_is_offered_just_before_the_start():
    assert TIMES.too_late(START - dt.timedelta(hours=2), START)
    assert not TIMES.too_late(START - dt.timedelta(hours=3), START)
