"""Pages at size, beside the work nobody can save: their bare queries, and the same page with nothing in it."""

import time
from dataclasses import dataclass

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

TIMES = 7
# A page takes at most so many times what its bare queries and the same page without rows take together.
BOUND = 1.5


@dataclass(frozen=True)
class Measured:
    """The cost of a page: its queries, its time and the time of its bare queries in milliseconds, its HTML in bytes."""

    queries: int
    ms: float
    bare_ms: float
    size: int

    @property
    def drawing_ms(self):
        """Return the milliseconds that are not the database's."""
        return max(self.ms - self.bare_ms, 0)


class Table:
    """The table of the pages of one part, printed line by line as they are measured.

    `held` is whether all bounds held so far. `if_any` is how many queries a page makes only where something on it
    is so.
    """

    def __init__(self, title, if_any=0):
        self.if_any, self.held = if_any, True
        print(f"\n{title}")
        print(
            f"{'page':44}{'queries':>9}{'small':>7}{'ms':>9}{'bare':>8}{'empty':>8}{'ratio':>7}"
            f"{'small ms':>10}{'ratio':>7}{'kB':>6}"
        )

    def line(self, title, large, small, empty):
        """Print a page of many rows, of few, and of none, each as `measured` returns it."""
        ratios = [each.ms / (each.bare_ms + empty.drawing_ms) for each in (large, small)]
        late = max(ratios) > BOUND
        more = large.queries > small.queries + self.if_any
        self.held = self.held and not late and not more
        print(
            f"{title:44}{large.queries:>9}{small.queries:>7}{large.ms:>9.1f}{large.bare_ms:>8.1f}"
            f"{empty.drawing_ms:>8.1f}{ratios[0]:>7.2f}{small.ms:>10.1f}{ratios[1]:>7.2f}{large.size / 1000:>6.0f}"
            + (" QUERIES" if more else "")
            + (" RATIO" if late else ""),
            flush=True,
        )

    def end(self):
        """Say whether all bounds held, and return it."""
        print(f"Queries are fixed, and no ratio is above {BOUND}: " + ("yes" if self.held else "NO"), flush=True)
        return self.held


def measure(scene):
    """Print a line for each page of an event with thousands invited. Return whether all bounds hold."""
    client = scene.client()
    name = scene.large.invitations.select_related("person")[17].person.full_name.split()[0]
    table = Table(f"Event with {len(scene.people):,} people invited, beside one with {scene.small.invitations.count()}")
    for title, view, query in (
        ("people invited", "event", {"tab": "replies"}),
        ("people invited, filtered", "event", {"tab": "replies", "reply": "coming"}),
        ("people invited, searched", "event", {"tab": "replies", "q": name}),
        ("attendance", "event_attendance", {}),
        ("attendance, searched", "event_attendance", {"q": name}),
        ("door", "event_door", {}),
        ("door, search for a walk-in", "event_door", {"q": name}),
        ("door, how everybody stands", "event_door_now", {}),
    ):
        events = (scene.large, scene.small, scene.empty)
        table.line(title, *(measured(client, reverse(view, args=[each.pk]), query) for each in events))
    return table.end()


def measured(client, address, query):
    """Ask for a page several times and return what it takes at best. Raises AssertionError for any other answer."""

    def ask():
        response = client.get(address, query)
        assert response.status_code == 200, (address, response.status_code, response.get("Location"))
        return response

    ask()
    with CaptureQueriesContext(connection) as captured:
        size = len(ask().content)
    statements = [each["sql"] for each in captured.captured_queries if each["sql"].startswith("SELECT")]
    return Measured(len(captured), _best(ask), _best(lambda: _bare(statements)), size)


def _bare(statements):
    with connection.cursor() as cursor:
        for statement in statements:
            # As it stands: a statement that was sent has its values in it.
            cursor.cursor.execute(statement)
            cursor.cursor.fetchall()


def _best(work):
    times = []
    for _time in range(TIMES):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return min(times) * 1000
