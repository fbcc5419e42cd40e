"""Operations of migrations that make many things at once can be taken back, and done again."""

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from wellbeing.lib.migrations import CreateFunction, InstallTriggers

pytestmark = pytest.mark.django_db


def triggers_of(table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal ORDER BY tgname", [table]
        )
        return [name for (name,) in cursor.fetchall()]


def test_triggers_are_dropped_and_installed_as_the_models_name_them():
    state = MigrationLoader(connection).project_state()
    before = triggers_of("events_invitation")
    operation = InstallTriggers()
    operation.state_forwards("events", state)
    with connection.schema_editor() as editor:
        operation.database_backwards("events", editor, state, state)
        assert triggers_of("events_invitation") == []
        operation.database_forwards("events", editor, state, state)
    assert triggers_of("events_invitation") == before != []
    assert "triggers" in operation.describe()


def test_a_function_is_made_and_dropped():
    operation = CreateFunction(
        "one_more(integer)",
        "CREATE OR REPLACE FUNCTION one_more(integer) RETURNS integer LANGUAGE sql AS 'SELECT $1 + 1'",
    )
    with connection.schema_editor() as editor:
        operation.database_forwards("events", editor, None, None)
        with connection.cursor() as cursor:
            cursor.execute("SELECT one_more(1)")
            assert cursor.fetchone() == (2,)
        operation.database_backwards("events", editor, None, None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM pg_proc WHERE proname = 'one_more'")
        assert cursor.fetchone() == (0,)
    assert "one_more" in operation.describe()
