"""Small numbers stay hidden: tried against a reader who knows everything shown and tries every table that fits."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from payments.reports import suppression

LEAST = 3


def hidden_in(table, least=LEAST):
    """({(row, column)}, {columns whose total is shown}, {rows whose total is shown}); each claim its own person."""
    columns = [list(column) for column in zip(*table, strict=True)]
    hidden, totals = set(), set()
    for place, counts in enumerate(columns):
        gone = suppression.hide_in_column(counts, counts, least)
        hidden |= {(row, place) for row in gone}
        if suppression.total_is_shown(counts, gone, least):
            totals.add(place)
    rows = suppression.rows_to_show(table, hidden, totals, [sum(row) for row in table], least)
    return hidden, totals, rows


def values_that_fit(table, hidden, totals, rows, most):
    """Every number each hidden cell could hold for a reader who knows the rest: {cell: {numbers}}, by trying them."""
    cells = sorted(hidden)
    found = {cell: set() for cell in cells}
    column_sums = {column: sum(table[row][column] for row, c in cells if c == column) for column in totals}
    row_sums = {row: sum(table[row][column] for r, column in cells if r == row) for row in rows}
    for numbers in itertools.product(range(most + 1), repeat=len(cells)):
        guess = dict(zip(cells, numbers, strict=True))
        if any(sum(n for (_, c), n in guess.items() if c == column) != s for column, s in column_sums.items()):
            continue
        if any(sum(n for (r, _), n in guess.items() if r == row) != s for row, s in row_sums.items()):
            continue
        for cell, number in guess.items():
            found[cell].add(number)
    return found


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 4), min_size=2, max_size=2), min_size=2, max_size=3))
def test_no_hidden_number_can_be_worked_out_by_trying_every_table_that_fits(table):
    hidden, totals, rows = hidden_in(table)
    for cell, numbers in values_that_fit(table, hidden, totals, rows, most=6).items():
        assert max(numbers) - min(numbers) >= LEAST, (table, cell, numbers)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(st.integers(0, 40), min_size=4, max_size=4), min_size=5, max_size=5), st.integers(2, 8))
def test_every_small_number_is_hidden_and_never_alone(table, least):
    hidden, totals, rows = hidden_in(table, least)
    for place, counts in enumerate(zip(*table, strict=True)):
        here = {row for row, column in hidden if column == place}
        if not any(counts):
            assert not here
            continue
        assert {row for row, count in enumerate(counts) if count < least} <= here
        if place in totals:
            assert not here or (len(here) > 1 and sum(counts[row] for row in here) >= least)
    for row in rows:
        assert sum((row, column) in hidden for column in range(4)) != 1


def test_one_small_number_takes_a_second_with_it():
    assert suppression.hide_in_column([20, 9, 3, 7], [20, 9, 3, 7], 5) == {2, 3}


def test_small_numbers_that_add_up_to_little_take_another_with_them():
    assert suppression.hide_in_column([20, 9, 1, 2], [20, 9, 1, 2], 5) == {1, 2, 3}


def test_many_claims_of_few_people_are_as_small_as_the_people_are_few():
    assert suppression.hide_in_column([20, 30, 12], [20, 2, 12], 5) == {1, 2}


def test_a_column_without_anybody_hides_nothing():
    assert suppression.hide_in_column([0, 0, 0], [0, 0, 0], 5) == set()


def test_a_total_that_would_say_one_small_number_is_hidden_too():
    counts = [3, 0]
    hidden = suppression.hide_in_column(counts, counts, 5)
    assert hidden == {0, 1}
    assert not suppression.total_is_shown(counts, hidden, 5)


def test_what_one_quarter_hides_does_not_hang_on_the_other_quarters():
    alone, _totals, _rows = hidden_in([[9], [2], [6]])
    beside, _totals, _rows = hidden_in([[9, 40, 1], [2, 8, 1], [6, 0, 30]])
    assert {row for row, column in beside if column == 0} == {row for row, _column in alone}
