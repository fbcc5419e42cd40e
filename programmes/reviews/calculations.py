"""Sum up answers from 1 to 5: their mean, where the middle half of them lies, and the gap between two means."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

# Kept with the answers from 1 to 5, and in no mean.
DOES_NOT_APPLY = 0
STEPS = (1, 2, 3, 4, 5)
_ONE_PLACE = Decimal("0.1")


@dataclass(frozen=True)
class Spread:
    """Answers of a group to one statement: how many, their mean, and from where to where the middle half goes."""

    number: int
    mean: Decimal
    low: int
    high: int


def spread_of(counts: Mapping[int, int]) -> Spread | None:
    """Return the spread of `counts`, {answer: how often}; None where nobody gave an answer from 1 to 5."""
    number = sum(counts.get(step, 0) for step in STEPS)
    if not number:
        return None
    total = sum(step * counts.get(step, 0) for step in STEPS)
    return Spread(
        number=number,
        mean=_rounded(Decimal(total) / number),
        low=_at(counts, -(-number // 4)),
        high=_at(counts, -(-3 * number // 4)),
    )


def mean_of(means: Iterable[Decimal]) -> Decimal | None:
    """Return the mean of `means`; None where there are none."""
    every = list(means)
    return _rounded(sum(every, Decimal(0)) / len(every)) if every else None


def gap_between(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    """Return how far `one` lies above `other`; None where either is not known."""
    return None if one is None or other is None else one - other


def _at(counts: Mapping[int, int], place: int) -> int:
    """Return the answer at a place, from 1, of all answers in order."""
    passed = 0
    for step in STEPS:
        passed += counts.get(step, 0)
        if passed >= place:
            return step
    raise ValueError("There are fewer answers than that.")


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_ONE_PLACE, ROUND_HALF_UP)
