"""Nothing can be worked out from bands of counts: a reader who knows all but the answers solves for every cell."""

from itertools import combinations, product
from random import Random

import pytest

from wellbeing.lib.banding import Column, bands_of, is_too_close, keeps_apart

WIDTH = 5


def columns_shown(columns, answers, lines, width=WIDTH):
    """Return the columns as they are shown, one after the other, or None where one is left out: what a report does."""
    shown = []
    for people in columns:
        counts = dict.fromkeys(lines, 0)
        for person in people:
            counts[answers[person]] += 1
        bands = bands_of(counts, width)
        column = Column(frozenset(people), bands) if bands else None
        before = [one for one in shown if one]
        if column and (
            any(is_too_close(column.people, one.people, width) for one in before)
            or not all(keeps_apart(column, one, answers, width) for one in before)
        ):
            column = None
        shown.append(column)
    return shown


class Reader:
    """Works out what the counts of three parts can be: those in A alone, in both, in B alone.

    Knows who is in which part, and the bands. Exact: every table of whole numbers is looked at, as a set of sums.
    """

    def __init__(self, one, other, lines):
        self.sizes = (len(one.people - other.people), len(one.people & other.people), len(other.people - one.people))
        self.ways = [self._ways(one.bands[line], other.bands[line]) for line in lines]

    def _ways(self, low, other_low):
        a_most, both_most, b_most = self.sizes
        return [
            (total - both, both, other - both)
            for both in range(both_most + 1)
            for total in range(max(low, both), low + WIDTH)
            for other in range(max(other_low, both), other_low + WIDTH)
            if total - both <= a_most and other - both <= b_most
        ]

    def possible(self):
        """Return for each line what its three counts can be, over all tables that fit."""
        return self._rest({(0, 0, 0)}, self.ways)

    def _rest(self, sums, ways):
        """Return what each of `ways` can be, where the lines outside of them add up to one of `sums`."""
        if len(ways) == 1:
            needed = {tuple(size - part for size, part in zip(self.sizes, one, strict=True)) for one in sums}
            return [[way for way in ways[0] if way in needed]]
        half = len(ways) // 2
        left, right = ways[:half], ways[half:]
        return self._rest(self._add(sums, right), left) + self._rest(self._add(sums, left), right)

    def _add(self, sums, every):
        for ways in every:
            added = {(a + x, both + y, b + z) for (a, both, b), (x, y, z) in product(sums, ways)}
            a_most, both_most, b_most = self.sizes
            sums = {(a, both, b) for a, both, b in added if a <= a_most and both <= both_most and b <= b_most}
        return sums


def a_world(random):
    """Return (columns, answers, lines): some people, what they answered, and up to four columns of them."""
    lines = list("abcdef"[: random.randint(3, 6)])
    people = range(random.randint(12, 26))
    weights = [random.choice((0, 1, 1, 3, 9)) for _line in lines]
    weights[random.randrange(len(lines))] += 1
    answers = dict(zip(people, random.choices(lines, weights, k=len(people)), strict=True))
    columns = [set(people)]
    while len(columns) < 4:
        share = random.choice((0.3, 0.5, 0.7, 0.9, 0.97))
        columns.append({person for person in people if random.random() < share})
    return columns, answers, lines


@pytest.mark.parametrize("part", range(10))
def test_of_1000_tables_and_every_pair_of_columns_no_count_can_be_worked_out(part):
    random = Random(20261128 + part)  # the same tables each time
    shown_in_all = pairs = 0
    for _table in range(100):
        columns, answers, lines = a_world(random)
        shown = [one for one in columns_shown(columns, answers, lines) if one]
        shown_in_all += len(shown)
        for column in shown:
            nothing = Column(frozenset(), dict.fromkeys(lines, 0))
            for line, possible in zip(lines, Reader(column, nothing, lines).possible(), strict=True):
                low = column.bands[line]
                assert {way[0] for way in possible} == set(range(low, low + WIDTH))
        for one, other in combinations(shown, 2):
            pairs += 1
            reader = Reader(one, other, lines)
            for line, possible in zip(lines, reader.possible(), strict=True):
                for place, size in enumerate(reader.sizes):
                    assert size == 0 or len({way[place] for way in possible}) > 1, (line, place, one, other)
    # The tables are not safe by showing nothing.
    assert shown_in_all > 100
    assert pairs > 20


def test_the_solver_of_these_tests_finds_what_can_be_worked_out():
    """Somebody left, and a band is one less: who they were is plain, and both columns are never shown."""
    lines = "abc"
    answers = {**dict.fromkeys(range(5), "a"), **dict.fromkeys(range(5, 12), "b"), **dict.fromkeys(range(12, 20), "c")}
    one = Column(frozenset(range(20)), {"a": 5, "b": 5, "c": 5})
    other = Column(frozenset(range(1, 20)), {"a": 0, "b": 5, "c": 5})
    possible = Reader(one, other, lines).possible()
    assert {way[0] for way in possible[0]} == {1}
    assert not keeps_apart(other, one, answers, WIDTH)
    assert is_too_close(other.people, one.people, WIDTH)


def test_a_reader_who_knows_these_rules_cannot_work_out_a_column_that_is_left_out_or_shown():
    """Every column of four lines and few people: what is shown, or left out, fits several numbers for each line."""
    found = {}
    width = 3
    for total in range(1, 13):
        for counts in product(range(total + 1), repeat=4):
            if sum(counts) == total:
                bands = bands_of(dict(enumerate(counts)), width)
                seen = (total, tuple(bands.values()) if bands else None)
                found.setdefault(seen, []).append(counts)
    for (total, _bands), tables in found.items():
        for line in range(4):
            numbers = {counts[line] for counts in tables}
            assert len(numbers) > 1, (total, tables)


def test_counts_are_shown_as_bands_alone():
    assert bands_of({"a": 0, "b": 4, "c": 17, "d": 9}, 5) == {"a": 0, "b": 0, "c": 15, "d": 5}


def test_a_column_in_which_all_counts_are_at_the_lower_end_of_their_band_is_left_out():
    assert bands_of({"a": 40, "b": 0, "c": 0}, 5) is None
    assert bands_of({"a": 41, "b": 1, "c": 1}, 5) is None
    assert bands_of({"a": 41, "b": 1, "c": 2}, 5) == {"a": 40, "b": 0, "c": 0}


def test_a_column_in_which_all_counts_are_at_the_upper_end_of_their_band_is_left_out():
    assert bands_of({"a": 4, "b": 4, "c": 4}, 5) is None
    assert bands_of({"a": 4, "b": 3, "c": 2}, 5) is None


def test_a_count_below_zero_is_refused():
    with pytest.raises(ValueError, match="never below zero"):
        bands_of({"a": -1}, 5)


def test_columns_of_the_same_people_and_of_nobody_in_common_are_shown():
    answers = {**dict.fromkeys(range(7), "a"), **dict.fromkeys(range(7, 14), "b")}
    whole, first, second = frozenset(range(14)), frozenset(range(7)), frozenset(range(7, 14))
    assert keeps_apart(Column(whole, {"a": 5, "b": 5}), Column(whole, {"a": 5, "b": 5}), answers, 5)
    assert keeps_apart(Column(first, {"a": 5, "b": 0}), Column(second, {"a": 0, "b": 5}), answers, 5)


def test_a_band_that_answers_no_longer_fit_is_no_help_to_a_reader():
    """Answers were changed after the earlier column was shown."""
    answers = {**dict.fromkeys(range(8), "a"), **dict.fromkeys(range(8, 16), "b"), **dict.fromkeys(range(16, 24), "c")}
    before = Column(frozenset(range(16)), {"a": 0, "b": 10, "c": 0})
    now = Column(frozenset(range(24)), {"a": 5, "b": 5, "c": 5})
    assert keeps_apart(now, before, answers, WIDTH)
