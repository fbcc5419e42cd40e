"""Pages of an event with thousands invited, beside their bare queries and the page of an event with few."""

import statistics
import time

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

TIMES = 7


def measure(scene):
    """Print a line for each page. Return whether none takes more queries for thousands than for some."""
    client = scene.client()
    name = scene.large.invitations.select_related("person")[17].person.full_name.split()[0]
    print(f"\nEvent with {len(scene.people):,} people invited, beside one with {scene.small.invitations.count()}")
    print(f"{'page':34}{'queries':>9}{'small':>7}{'ms':>9}{'bare ms':>9}{'small ms':>10}")
    held = True
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
        large, small = (measured(client, reverse(view, args=[each.pk]), query) for each in (scene.large, scene.small))
        held = held and large.queries <= small.queries
        print(
            f"{title:34}{large.queries:>9}{small.queries:>7}{large.ms:>9.1f}{large.bare_ms:>9.1f}{small.ms:>10.1f}",
            flush=True,
        )
    print("Queries are fixed: " + ("yes" if held else "NO"))
    return held


class _Measured:
    def __init__(self, queries, ms, bare_ms):
        self.queries, self.ms, self.bare_ms = queries, ms, bare_ms


def measured(client, address, query):
    """Return what a page takes: its queries, its time, and the time of its bare queries. Raises for no page."""

    def ask():
        response = client.get(address, query)
        assert response.status_code == 200, (address, response.status_code, response.get("Location"))

    ask()
    with CaptureQueriesContext(connection) as captured:
        ask()
    statements = [each["sql"] for each in captured.captured_queries if each["sql"].startswith("SELECT")]
    return _Measured(len(captured), _median(ask), _median(lambda: _bare(statements)))


def _bare(statements):
    with connection.cursor() as cursor:
        for statement in statements:
            # As it stands: a statement that was sent has its values in it.
            cursor.cursor.execute(statement)
            cursor.cursor.fetchall()


def _median(work):
    times = []
    for _time in range(TIMES):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return statistics.median(times) * 1000
