"""A database filled in one step is the one that the migrations make one after another."""

import os
import re
import subprocess
import sys
from contextlib import closing, contextmanager

import psycopg2
import pytest
from django.apps import apps
from django.db import connection
from django.db.models import DateTimeField

from payments import reference_data as payments_rows
from people import reference_data as people_rows
from wellbeing.local.places import PROJECT

# `manage.py migrate` without a search for garbage: models are drawn up anew after each operation, and looking through
# them is a third of the time.
MIGRATE = """
import gc
from django.core.management import execute_from_command_line
gc.disable()
execute_from_command_line(["manage.py", "migrate", "--verbosity=0"])
"""
CONNECT = {"host", "port", "user", "password"}
# What PostgreSQL knows of a schema, in words that name no row numbers of its own tables.
SCHEMA = {
    "columns": """
        SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default, is_identity
        FROM information_schema.columns WHERE table_schema = 'public'""",
    "constraints": """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace""",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "triggers": """
        SELECT tgrelid::regclass::text, pg_get_triggerdef(oid), tgenabled FROM pg_trigger WHERE NOT tgisinternal""",
    "functions": """
        SELECT p.oid::regprocedure::text, pg_get_functiondef(p.oid) FROM pg_proc p
        WHERE pronamespace = 'public'::regnamespace AND prokind = 'f'
        -- pgtrigger leaves the function of a trigger that is gone.
        AND (prorettype <> 'trigger'::regtype OR p.oid IN (SELECT tgfoid FROM pg_trigger))""",
    "comments": """
        SELECT c.relname, t.tgname, obj_description(t.oid, 'pg_trigger') FROM pg_trigger t
        JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT tgisinternal""",
    "extensions": "SELECT extname FROM pg_extension",
    "migrations": "SELECT app, name FROM django_migrations",
    "permissions": """
        SELECT app_label, model, codename FROM auth_permission p
        JOIN django_content_type c ON c.id = p.content_type_id""",
}


# Where a column became longer later, PostgreSQL writes the same condition with its casts in other places.
CASTS = re.compile(r"::(character varying|text)(\[\])?|[()]")
# Names that Django and PostgreSQL make up from that of the table, and keep when the table is renamed.
MADE_UP = re.compile(r"\b\w+?_(pkey|key|not_null|check|[0-9a-f]{8}(_fk(_\w+)?|_uniq|_like)?)\b")


def rows(cursor, query):
    """Return what `query` finds, in an order of its own."""
    cursor.execute(query)
    return sorted(MADE_UP.sub("made up", CASTS.sub("", str(row))) for row in cursor.fetchall())


@contextmanager
def a_database(name, *command):
    """A cursor into an empty database that `command` has filled. It goes at the end."""
    name = f"{name}_{os.getpid()}"
    given = connection.get_connection_params()
    parameters = {key: value for key, value in given.items() if key in CONNECT}
    with closing(psycopg2.connect(**parameters | {"dbname": "postgres"})) as admin:
        admin.autocommit = True
        admin.cursor().execute(f"CREATE DATABASE {name}")
        try:
            env = os.environ | {"DATABASE_URL": os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{name}"}
            subprocess.run([sys.executable, *command], cwd=PROJECT, env=env, check=True, timeout=1800)
            with closing(psycopg2.connect(**parameters | {"dbname": name})) as other:
                yield other.cursor()
        finally:
            admin.cursor().execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def migrated():
    """A cursor into a database that was migrated, one migration after another."""
    with a_database("migrated_one_by_one", "-c", MIGRATE) as cursor:
        yield cursor


@pytest.fixture(scope="module")
def filled():
    """A cursor into a database that was filled in one step, as those of the demo and the tests are."""
    with a_database("filled_in_one_step", "-m", "wellbeing.local.new_database") as cursor:
        yield cursor


def test_it_has_the_schema_of_the_migrations(filled, migrated):
    for kind, query in SCHEMA.items():
        assert rows(filled, query) == rows(migrated, query), kind


def test_it_has_the_first_rows_of_the_migrations(filled, migrated):
    for brought in (*payments_rows.EVERY, people_rows.WAITING_TIMES):
        table = apps.get_model(brought.app, brought.model)
        names = ", ".join(
            f'"{field.column}"'
            for field in table._meta.concrete_fields
            if not field.primary_key and not isinstance(field, DateTimeField)
        )
        query = f'SELECT {names} FROM "{table._meta.db_table}"'
        assert rows(filled, query) == rows(migrated, query), brought.model
        assert len(rows(filled, query)) == len(brought.rows), brought.model
