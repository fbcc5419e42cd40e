"""Show counts of people as bands, and only where no count can be worked out from what is shown. Pure: no database.

A table has columns of people (those invited, those who came) and lines (the answers to one question, "did not answer"
among them); everybody in a column is in one of its lines. Of a count its band alone is shown: with a width of 5 these
are 0 to 4, 5 to 9, 10 to 14, so a count below 5 looks like every other below 5. That alone is not enough for a reader
who knows how many people are in a column, as colleagues do, or who lays two columns beside each other:

- one column: how far its people exceed the lower ends of all bands is known. Where that is so little, or so much, that
  some line could not be each number of its band, the whole column is left out (`bands_of`);
- two columns with almost the same people: who is in one alone would be seen in what differs. The later one is left out
  (`is_too_close`), whatever the answers are;
- two columns with some of the same people: for those in both, and those in one alone, each count must have another
  value that fits all that is shown. Else the later column is left out (`keeps_apart`).

A column is left out whole: with a single line missing, a reader who knows these rules could work it out.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain, combinations, permutations
from typing import Any


@dataclass(frozen=True)
class Column:
    """A column that is shown: its people, and of each line the lower end of its band."""

    people: frozenset[Any]
    bands: Mapping[Any, int]


def bands_of(counts: Mapping[Any, int], width: int) -> dict[Any, int] | None:
    """Return the lower end of the band of each count, or None where the column has to be left out.

    For a reader who knows the sum of all counts, each line can still be every number of its band. Raises ValueError for
    a count below zero.
    """
    if any(count < 0 for count in counts.values()):
        raise ValueError("A count of people is never below zero.")
    lower = {line: count // width * width for line, count in counts.items()}
    people, most = sum(counts.values()), width - 1
    over = people - sum(lower.values())
    if not most <= over <= most * (len(counts) - 1):
        return None
    # So many people can fill the first band of every line to its end. With so many lines nothing else is left out then,
    # and that this is left out would say it.
    if len(counts) % width == 1 and most * (len(counts) - 1) < people <= most * len(counts):
        return None
    return lower


def is_too_close(people: Set[Any], others: Set[Any], least: int) -> bool:
    """Return whether fewer than `least` are in one of two columns alone, though not nobody."""
    return any(0 < len(alone) < least for alone in (people - others, others - people))


def keeps_apart(one: Column, other: Column, answers: Mapping[Any, Any], width: int) -> bool:
    """Return whether nothing can be worked out from two columns about those in both and those in one alone.

    `answers` has the line of each person today. A band of a column from before that no longer fits them is no help to
    a reader, and is not looked at. That a count could be another is shown by a table that fits just as well: in one of
    the three parts somebody answered otherwise, and in other parts somebody the other way round.
    """
    if one.people == other.people or not one.people & other.people:
        return True
    parts = _parts(one.people, other.people)
    lines = list(dict.fromkeys([*one.bands, *other.bands]))
    counts = [dict.fromkeys(lines, 0) for _part in parts]
    for place, (people, _in_which) in enumerate(parts):
        for person in people:
            counts[place][answers[person]] += 1
    room = [_room(column, answers, width) for column in (one, other)]
    return all(
        _can_be_another(line, place, counts, [in_which for _people, in_which in parts], room)
        for place in range(len(parts))
        for line in lines
    )


def _parts(one: Set[Any], other: Set[Any]) -> list[tuple[Set[Any], tuple[bool, bool]]]:
    """Return the people in the first column alone, in both, and in the second alone, with where they are."""
    parts = [(one - other, (True, False)), (one & other, (True, True)), (other - one, (False, True))]
    return [(people, in_which) for people, in_which in parts if people]


def _room(column: Column, answers: Mapping[Any, Any], width: int) -> dict[Any, tuple[bool, bool]]:
    """Return of each line whether one person less, and one more, would still be in its band."""
    counts = dict.fromkeys(column.bands, 0)
    for person in column.people:
        if answers[person] in counts:
            counts[answers[person]] += 1
    found = {}
    for line, lower in column.bands.items():
        count = counts[line]
        if lower <= count < lower + width:
            found[line] = (count > lower, count < lower + width - 1)
    return found


def _can_be_another(
    line: Any,
    place: int,
    counts: Sequence[Mapping[Any, int]],
    in_which: Sequence[tuple[bool, bool]],
    room: Sequence[Mapping[Any, tuple[bool, bool]]],
) -> bool:
    """Return whether the count of `line` in the part at `place` could be another for all that is shown."""
    return any(
        counts[place][start] > 0 and _fits(start, end, back, place, counts, in_which, room)
        for start, end in _moves(line, counts[place])
        for back in _subsets([part for part in range(len(counts)) if part != place])
    )


def _moves(line: Any, lines: Mapping[Any, int]) -> Iterator[tuple[Any, Any]]:
    return (pair for pair in permutations(lines, 2) if line in pair)


def _subsets(places: Sequence[int]) -> Iterator[tuple[int, ...]]:
    return chain.from_iterable(combinations(places, size) for size in range(len(places) + 1))


def _fits(
    start: Any,
    end: Any,
    back: Sequence[int],
    place: int,
    counts: Sequence[Mapping[Any, int]],
    in_which: Sequence[tuple[bool, bool]],
    room: Sequence[Mapping[Any, tuple[bool, bool]]],
) -> bool:
    """Return whether all bands stay if one at `place` goes from `start` to `end`, and one the other way in `back`."""
    if any(counts[part][end] == 0 for part in back):
        return False
    for column, known in enumerate(room):
        more = sum(in_which[part][column] for part in back) - in_which[place][column]
        # Lines that a column does not show, or no longer, may be anything.
        if more and not (_takes(known.get(start), more) and _takes(known.get(end), -more)):
            return False
    return True


def _takes(room: tuple[bool, bool] | None, more: int) -> bool:
    """Return whether a line takes one person more (or less); only one is looked at."""
    if room is None:
        return True
    return abs(more) == 1 and (room[1] if more > 0 else room[0])
