"""Leave out counts of people that are so small that somebody could be recognised by them. Pure: no database, no clock.

For a row of counts with its total beside it. A table of rows and columns with totals on both sides needs more, see
`payments.reports.suppression`.
"""

from collections.abc import Sequence


def suppressed(counts: Sequence[int], fewest: int) -> list[int | None]:
    """Return `counts` with None for each that is hidden. Counts from 1 to `fewest` - 1 are; a zero may be shown.

    Where one alone would be hidden, or the hidden ones add up to less than `fewest`, the next smallest go with them, so
    that the total gives none away. Where all are hidden, a total below `fewest` says too much as well: `may_show` it
    only from there. Raises ValueError for a count below zero.
    """
    if any(count < 0 for count in counts):
        raise ValueError("A count of people is never below zero.")
    hidden = {place for place, count in enumerate(counts) if 0 < count < fewest}
    if not hidden:
        return list(counts)
    # Zeros come last: they help only where nothing else is left to hide behind.
    others = sorted(set(range(len(counts))) - hidden, key=lambda place: (counts[place] == 0, counts[place], place))
    while others and (len(hidden) < 2 or sum(counts[place] for place in hidden) < fewest):
        hidden.add(others.pop(0))
    return [None if place in hidden else count for place, count in enumerate(counts)]


def may_show(count: int, fewest: int) -> bool:
    """Return whether one count, or a total, may be shown by itself: zero, or `fewest` and more."""
    return count == 0 or count >= fewest
