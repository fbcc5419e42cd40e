"""Compare who takes part with who lives in the area, from bands alone. Pure: no database."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

MORE, FEWER, ALIKE = "more", "fewer", "alike"


@dataclass(frozen=True)
class Share:
    """Between which whole per cents the share of a group lies, of those who said."""

    least: int
    most: int


def share_of(line: str, bands: Mapping[str, int], said: frozenset[str], width: int) -> Share | None:
    """Return the share of `line` among the lines `said`, as far as their bands tell; None where nobody may have said.

    The least is with as few in the line and as many in the others as the bands leave, the most the other way round.
    """
    others = said - {line}
    low, high = bands[line], bands[line] + width - 1
    fewest_others = sum(bands[other] for other in others)
    most_others = sum(bands[other] + width - 1 for other in others)
    if not low + fewest_others:
        return None
    least = 100 * low // (low + most_others) if low else 0
    return Share(least, -(-100 * high // (high + fewest_others)))


def compared(share: Share, percent: Decimal) -> str:
    """Return whether a share is surely more, or surely fewer, than that in the area; else ALIKE: it cannot be said."""
    if share.least > percent:
        return MORE
    return FEWER if share.most < percent else ALIKE


def says_enough(bands: Mapping[str, int], said: frozenset[str], people: int, width: int) -> bool:
    """Return whether at least half of `people` said something: else no word is lost about whom a programme misses."""
    least = sum(bands[line] for line in said)
    most_unsaid = sum(lower + width - 1 for line, lower in bands.items() if line not in said)
    return 2 * max(least, people - most_unsaid) >= people
