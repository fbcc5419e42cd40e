"""Pure sums about decisions: whether a rule is met, and which names give nobody else away."""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass

from programmes.groups.models import Method


def passes(method: str, *, support: int, against: int, percent: int, blocking: int) -> bool:
    """Return whether a proposal is agreed by the rule of `method` (a Method).

    By consent: no objection blocks it. Otherwise more than `percent` of those who take a side support it.
    """
    if method == Method.CONSENT:
        return blocking == 0
    return support * 100 > percent * (support + against)


@dataclass(frozen=True)
class Said:
    """One member's words beside others: who (any key), which kind of seat, what they said, and what they chose."""

    who: Hashable
    seat: str
    stance: str
    named: bool
    dissents: bool = False


def names_held_back(said: Collection[Said], eligible: int, fewest: int) -> set[Hashable]:
    """Return whose names are not shown though they chose to be named.

    `eligible` people could have spoken. A view without a name is one of those whose name is not shown: where that would
    be fewer than `fewest`, the names of those who agree are held back, and where that is not enough, all.
    """
    named = [one for one in said if one.named]
    if len(named) == len(said):
        return set()
    agreeing = {one.who for one in named if not one.dissents}
    everybody = {one.who for one in named}
    people = max(eligible, len(said))
    for held_back in (set[Hashable](), agreeing):
        if people - len(everybody - held_back) >= fewest:
            return held_back
    return everybody


def seats_can_be_shown(said: Collection[Said], seats: Iterable[str], fewest: int) -> bool:
    """Return whether counts by kind of seat give nobody away.

    `seats` are those of all who could have spoken. Each kind that a view without a name came from needs `fewest`
    members who could have given it, and not all of one mind.
    """
    could = Counter(seats)
    for seat in {one.seat for one in said if not one.named}:
        unnamed = [one.stance for one in said if one.seat == seat and not one.named]
        named = sum(1 for one in said if one.seat == seat and one.named)
        candidates = max(could[seat] - named, len(unnamed))
        if candidates < fewest or (len(unnamed) == candidates and len(set(unnamed)) == 1):
            return False
    return True
