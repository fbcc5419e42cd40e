"""Choose the small numbers to leave out of a table of counts, so that none can be worked out from the others.

Pure: no database, no clock. Counts are whole numbers, `least` the smallest count that may be shown. A table has rows
(how a claim was recognised), columns (quarters), a total under each column and, once every column is known, a total
beside each row.

The cells hidden in a column depend on that column alone: a table shown after one quarter and the table of the whole
year hide the same cells, so the two cannot be put together. Row totals are shown only while every hidden cell could
still be any of `least` or more different numbers for a reader who knows all that is shown.
"""

from collections import deque

ENDLESS = 10**9
ANYWHERE = "anywhere"


def hide_in_column(counts, groups, least):
    """Return the indexes of the cells of one column to hide.

    `groups` has for each cell the number of people its count is about; it is small when they are fewer than `least`,
    or when the count itself is. Hidden cells always come at least two together and add up to `least` or more, or the
    total is hidden too: see `total_is_shown`.
    """
    if not any(counts):
        # Nobody is in it, so there is nobody to protect.
        return set()
    hidden = {index for index, count in enumerate(counts) if min(count, groups[index]) < least}
    if not hidden:
        return hidden
    rest = sorted((index for index in range(len(counts)) if index not in hidden), key=lambda index: counts[index])
    while rest and (len(hidden) < 2 or sum(counts[index] for index in hidden) < least):
        hidden.add(rest.pop(0))
    return hidden


def total_is_shown(counts, hidden, least):
    """Whether the total of a column may be shown: not where it is small itself, or would give one hidden cell away."""
    if not hidden:
        return True
    return len(hidden) > 1 and sum(counts[index] for index in hidden) >= least


def rows_to_show(table, hidden, totals_shown, groups, least):
    """Return the indexes of the rows whose total may be shown beside the columns.

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
        given_away = [
            row for row, column in sorted(hidden) if _room(table, hidden, totals_shown, shown, (row, column)) < least
        ]
        for column in columns:
            if column not in totals_shown and _room_of_total(table, hidden, totals_shown, shown, column) < least:
                given_away += [row for row in range(len(table)) if (row, column) in hidden]
        open_rows = {row for row in shown if any((row, column) in hidden for column in columns)}
        if not given_away or not open_rows:
            return shown
        # The row that gives itself away goes first, then the smallest.
        shown.discard(min(open_rows.intersection(given_away) or open_rows, key=lambda row: (sum(table[row]), row)))


def _room(table, hidden, totals_shown, rows_shown, cell):
    """Return how many different counts a hidden cell could have, for all a reader can know.

    The hidden counts are a flow between rows and columns; where a total is shown, what goes in must come out. How much
    more (less) a cell could hold is the most that can flow back to where it came from over the other hidden cells.
    """
    arcs = _arcs(table, hidden - {cell}, totals_shown, rows_shown)
    row, column = ("row", cell[0]), ("column", cell[1])
    less = min(table[cell[0]][cell[1]], _most_flow(arcs, row, column))
    return _most_flow(arcs, column, row) + less


def _room_of_total(table, hidden, totals_shown, rows_shown, column):
    """Return how many different sums a hidden total of a column could have, for all a reader can know."""
    arcs = _arcs(table, hidden, totals_shown | {column}, rows_shown)
    here = ("column", column)
    return _most_flow(arcs, ANYWHERE, here) + _most_flow(arcs, here, ANYWHERE)


def _arcs(table, hidden, totals_shown, rows_shown):
    arcs: dict[tuple[str, int] | str, dict[tuple[str, int] | str, int]] = {}
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
    """Return the most that can flow from source to sink (Edmonds and Karp, 1972); ENDLESS or more without a limit."""
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
