"""Small counts of people are left out, and none can be worked out from the total beside them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing.lib.suppression import may_show, suppressed

COUNTS = st.lists(st.integers(0, 60), min_size=1, max_size=8)
FEWEST = st.integers(2, 12)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([], []),
        ([0, 0], [0, 0]),
        ([12, 5, 0], [12, 5, 0]),
        # The smallest of the others goes with it, never a zero while there is another.
        ([12, 3, 7, 0], [12, None, None, 0]),
        ([12, 3, 4], [12, None, None]),
        # Two of one would add up to two people, so a third goes as well.
        ([1, 1, 20], [None, None, None]),
        ([3, 0, 0], [None, None, None]),
        ([4], [None]),
    ],
)
def test_small_counts_are_hidden_with_company(counts, shown):
    assert suppressed(counts, 5) == shown


def test_a_count_below_zero_is_a_mistake():
    with pytest.raises(ValueError, match="never below zero"):
        suppressed([3, -1], 5)


@given(COUNTS, FEWEST)
def test_no_small_count_is_shown_and_what_is_shown_is_right(counts, fewest):
    for count, shown in zip(counts, suppressed(counts, fewest), strict=True):
        assert shown is None or (shown == count and may_show(count, fewest))


@given(COUNTS, FEWEST)
def test_never_is_one_alone_hidden_beside_a_total(counts, fewest):
    hidden = [count for count, shown in zip(counts, suppressed(counts, fewest), strict=True) if shown is None]
    assert len(hidden) != 1 or len(counts) == 1
    # Subtracting what is shown from the total gives a group that is no longer small, or everybody.
    assert not hidden or sum(hidden) >= fewest or len(hidden) == len(counts)


@given(COUNTS, FEWEST)
def test_where_nothing_is_small_nothing_is_hidden(counts, fewest):
    if all(may_show(count, fewest) for count in counts):
        assert suppressed(counts, fewest) == counts
