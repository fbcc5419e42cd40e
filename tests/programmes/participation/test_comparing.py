"""A share is between what the bands leave; only what is sure is said."""

from decimal import Decimal

import pytest

from programmes.participation.comparing import ALIKE, FEWER, MORE, Share, compared, says_enough, share_of

BANDS = {"a": 20, "b": 5, "c": 0, "prefer_not": 0, "unanswered": 10}
SAID = frozenset("abc")


def test_a_share_lies_between_the_ends_of_all_bands():
    assert share_of("a", BANDS, SAID, 5) == Share(60, 83)
    assert share_of("c", BANDS, SAID, 5) == Share(0, 14)


def test_there_is_no_share_where_nobody_may_have_said_anything():
    assert share_of("a", dict.fromkeys(BANDS, 0), SAID, 5) is None


@pytest.mark.parametrize(("percent", "said"), [("59.9", MORE), ("60", ALIKE), ("83", ALIKE), ("83.1", FEWER)])
def test_more_or_fewer_is_said_only_where_it_is_sure(percent, said):
    assert compared(Share(60, 83), Decimal(percent)) == said


def test_whom_a_programme_misses_is_said_where_half_of_its_people_surely_said_something():
    assert says_enough(BANDS, SAID, 50, 5)
    assert not says_enough(BANDS, SAID, 51, 5) or 2 * (51 - 18) >= 51
    assert not says_enough({**BANDS, "a": 0, "unanswered": 30}, SAID, 45, 5)
