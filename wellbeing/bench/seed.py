"""A large invented programme made by `seed`, beside COPY of the same rows into the same tables."""

import contextlib
import tempfile
import time
from pathlib import Path

import psutil
import psycopg2
from django.db import connection
from django.utils import timezone

from wellbeing import seeding

from .clock import processor_seconds
from .database import named

BOUND = 3


def measure(people, claims):
    """Print what seeding takes beside COPY of the same rows into an empty copy. Return whether BOUND holds.

    Counted is the processor time of this process and of its database server. Foreign keys, checks, indexes and
    triggers are as they are, but that each trigger of ours is told to let rows pass: some of them write history, which
    is among the rows, and others refuse rows that did not come to be step by step, as those of `seed` do.
    """
    today, events = timezone.localdate(), max(12, claims // 200)
    plan = seeding.Plan(people=people, events=events, claims=claims, seed=31, today=today)
    took = processor_seconds(lambda: seeding.make(plan))
    with tempfile.TemporaryDirectory() as folder, named("wellbeing_bench_copy") as url:
        files = _copied_out(folder)
        bare, rows = _copied_in(url, files)
    ratio = took / bare
    print(f"\nSeed: {people:,} people and {claims:,} claims, {rows:,} rows with their history, beside COPY of the same")
    print(f"seed {took:6.1f} s, COPY {bare:6.1f} s")
    print(f"ratio {ratio:.2f} (at most {BOUND})")
    return ratio <= BOUND


def _copied_out(folder):
    """Write the rows of every table into a file of `folder`. Return {table: path}."""
    files = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT EXISTS (SELECT 1 FROM "{table}")')
            if cursor.fetchone()[0]:
                files[table] = Path(folder) / table
                with files[table].open("wb") as file:
                    cursor.copy_expert(f'COPY "{table}" TO STDOUT', file)
    return files


def _copied_in(url, files):
    """Copy the files into the tables of the database at `url`. Return the processor time it took, and how many rows."""
    with contextlib.closing(psycopg2.connect(url)) as other, other.cursor() as cursor:
        # In a transaction of its own: rows of a table that is emptied in the same one need no log.
        cursor.execute("TRUNCATE " + ", ".join(f'"{table}"' for table in files) + " CASCADE")
        other.commit()
        cursor.execute("SELECT pg_backend_pid()")
        server = psutil.Process(cursor.fetchone()[0])
        began, rows = time.process_time() + sum(server.cpu_times()[:2]), 0
        for table, path in files.items():
            # The triggers let rows pass as in `seed`: few names, as each trigger reads all of them for each row.
            cursor.execute(
                "SELECT set_config('pgtrigger.ignore', (SELECT coalesce(array_agg(tgname)::text, '{}') FROM pg_trigger"
                " WHERE NOT tgisinternal AND tgrelid = %s::regclass), false)",
                [table],
            )
            with path.open("rb") as file:
                cursor.copy_expert(f'COPY "{table}" FROM STDIN', file)
            rows += cursor.rowcount
        other.commit()
        return time.process_time() + sum(server.cpu_times()[:2]) - began, rows
