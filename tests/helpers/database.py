"""Helpers: what the database itself refuses, and how many statements a piece of work sends to it."""

import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext


def refused(sql, *values):
    """Send `sql` to Postgres, check that a constraint or a trigger refuses it, and return what it says.

    A statement that Postgres does not understand fails the test: a column that is gone is no refusal. Constraints that
    wait for the end of a transaction are asked at once, and must hold before.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises((IntegrityError, InternalError)) as refusal:
            cursor.execute(sql, values)
        transaction.set_rollback(True)
    return str(refusal.value)


def queries_of(work):
    """Call `work()` and return the SQL statements it sent."""
    with CaptureQueriesContext(connection) as captured:
        work()
    return [query["sql"] for query in captured.captured_queries]


def connections(named=""):
    """The connections of others to this database, by the number of their process at the server.

    With `named`, those of workers that a test started with this PGAPPNAME.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend' AND %s IN ('', application_name)",
            [named],
        )
        return {pid for (pid,) in cursor.fetchall()}
