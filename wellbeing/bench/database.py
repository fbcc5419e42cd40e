"""A database of the bench's own, copied from the one with every table that tests are copied from."""

import contextlib
import datetime as dt
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


@contextlib.contextmanager
def kept(kind):
    """Use the database that is kept for `kind` while the block lasts, made where there is none. Yields its URL.

    It is kept for the day, and as long as the tables stay as they are; older ones of its kind go.
    """
    base, template = os.environ["DATABASE_URL"], os.environ.get("TEST_DATABASE_TEMPLATE", "")
    day = dt.datetime.now(tz=dt.UTC).date()
    name = f"{kind}_{day:%Y%m%d}_{template[-12:]}"
    with contextlib.closing(psycopg2.connect(base)) as connection:
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{kind}%"])
        existing = {row[0] for row in cursor.fetchall()}
        for old in existing - {name}:
            cursor.execute(f'DROP DATABASE "{old}" WITH (FORCE)')
        if name not in existing:
            cursor.execute(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else ""))
    yield f"{base.rpartition('/')[0]}/{name}"


def open_database():
    """Start Django on the database, and bring it up to date where it was not copied."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
