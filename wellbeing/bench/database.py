"""A database of the bench's own, copied from the one with every table that tests are copied from."""

import contextlib
import os

import psycopg2


@contextlib.contextmanager
def named(name):
    """Make the database `name` anew while the block lasts. Yields its URL."""
    base = os.environ["DATABASE_URL"]
    with contextlib.closing(psycopg2.connect(base)) as connection:
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        template = os.environ.get("TEST_DATABASE_TEMPLATE")
        cursor.execute(f"CREATE DATABASE {name}" + (f' TEMPLATE "{template}"' if template else ""))
        try:
            yield f"{base.rpartition('/')[0]}/{name}"
        finally:
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def open_database():
    """Start Django on the database, and bring it up to date where it was not copied."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
