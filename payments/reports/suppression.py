"""Which small numbers are left out of a table of counts, so that none of them can be worked out from the others.

Pure: no database, no clock. Counts are whole numbers, `least` the smallest count that may be shown. A table has rows
(how a claim was recognised), columns (quarters), a total under each column and, once every column is known, a total
beside each row.

What is hidden in a column depends on that column alone: a table shown after one quarter and the table of the whole
year hide the same cells, so the two cannot be put together. Row totals are shown only while every hidden cell could
still be any of `least` or more different numbers for a reader who knows all that is shown.
"""

from collections import deque

ENDLESS = 10**9
ANYWHERE = "anywhere"


def hide_in_column(counts, groups, least):
    """The places (set of int) of one column to hide. Its total is shown unless every place is hidden and it is small.

    `groups` says for each place how many people its count is about; it is small when they are fewer than `least`,
    or when the count itself is. Hidden places always come at least two together and add up to `least` or more, or
    the total is hidden too: see `total_is_shown`.
    """
    if not any(counts):
        # Nobody is in it, so there is nobody to protect.
        return set()
    hidden = {place for place, count in enumerate(counts) if min(count, groups[place]) < least}
    if not hidden:
        return hidden
    rest = sorted((place for place in range(len(counts)) if place not in hidden), key=lambda place: counts[place])
    while rest and (len(hidden) < 2 or sum(counts[place] for place in hidden) < least):
        hidden.add(rest.pop(0))
    return hidden


def total_is_shown(counts, hidden, least):
    """Whether the total of a column may be shown: it may not where it is small itself, or would say one cell."""
    if not hidden:
        return True
    return len(hidden) > 1 and sum(counts[place] for place in hidden) >= least


def rows_to_show(table, hidden, totals_shown, groups, least):
    """The places of the rows whose total may be shown (a set) beside what the columns already show.

    `table` is a list of rows of counts; `hidden` a set of (row, column); `totals_shown` a set of columns; `groups`
    how many people each row is about. Rows that hide nothing are always shown: anyone can add them up.
    """
    shown = {
        row
        for row, counts in enumerate(table)
        if min(sum(counts), groups[row]) >= least or not any((row, column) in hidden for column in range(len(counts)))
    }
    columns = range(len(table[0]))
    while True:
        told = [
            row for row, column in sorted(hidden) if _room(table, hidden, totals_shown, shown, (row, column)) < least
        ]
        for column in columns:
            if column not in totals_shown and _room_of_total(table, hidden, totals_shown, shown, column) < least:
                told += [row for row in range(len(table)) if (row, column) in hidden]
        open_rows = {row for row in shown if any((row, column) in hidden for column in columns)}
        if not told or not open_rows:
            return shown
        # The row that gives itself away goes first, then the smallest.
        shown.discard(min(open_rows.intersection(told) or open_rows, key=lambda row: (sum(table[row]), row)))


def _room(table, hidden, totals_shown, rows_shown, cell):
    """How far the count of a hidden cell could lie from another, for all a reader can know.

    The hidden counts are a flow between rows and columns; where a total is shown, what goes in must come out. How much
    more (less) a cell could hold is the most that can flow back to where it came from over the other hidden cells.
    """
    arcs = _arcs(table, hidden - {cell}, totals_shown, rows_shown)
    row, column = ("row", cell[0]), ("column", cell[1])
    less = min(table[cell[0]][cell[1]], _most_flow(arcs, row, column))
    return _most_flow(arcs, column, row) + less


def _room_of_total(table, hidden, totals_shown, rows_shown, column):
    """As `_room`, of a column's total that is hidden."""
    arcs = _arcs(table, hidden, totals_shown | {column}, rows_shown)
    here = ("column", column)
    return _most_flow(arcs, ANYWHERE, here) + _most_flow(arcs, here, ANYWHERE)


def _arcs(table, hidden, totals_shown, rows_shown):
    arcs = {}
    for row, column in hidden:
        _add(arcs, ("row", row), ("column", column), ENDLESS)
        _add(arcs, ("column", column), ("row", row), table[row][column])
    # Where no total is shown, any amount may come or go.
    free = [("row", row) for row in range(len(table)) if row not in rows_shown]
    free += [("column", column) for column in range(len(table[0])) if column not in totals_shown]
    for node in free:
        _add(arcs, node, ANYWHERE, ENDLESS)
        _add(arcs, ANYWHERE, node, ENDLESS)
    return arcs


def _add(arcs, start, end, room):
    arcs.setdefault(start, {}).setdefault(end, 0)
    arcs[start][end] += room
    arcs.setdefault(end, {}).setdefault(start, 0)


def _most_flow(arcs, source, sink):
    """The most that can flow from source to sink (Edmonds and Karp, 1972); ENDLESS or more when nothing limits it."""
    left = {start: dict(ends) for start, ends in arcs.items()}
    flow = 0
    while flow < ENDLESS:
        came_from, waiting = {source: None}, deque([source])
        while waiting and sink not in came_from:
            here = waiting.popleft()
            for end, room in left.get(here, {}).items():
                if room > 0 and end not in came_from:
                    came_from[end] = here
                    waiting.append(end)
        if sink not in came_from:
            return flow
        path, here = [], sink
        while came_from[here] is not None:
            path.append((came_from[here], here))
            here = came_from[here]
        step = min(left[start][end] for start, end in path)
        for start, end in path:
            left[start][end] -= step
            left[end][start] += step
        flow += step
    return flow
