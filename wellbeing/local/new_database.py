"""Fill an empty database with the tables that all migrations together describe, in one step.

Applying the migrations one after another takes twice as long, nearly all of it for states in between that a new
database never needs. Here the last state alone is made into tables, and every migration is then recorded as
applied, so that later ones are applied as usual. `tests/local/test_new_database.py` holds the outcome to be the same.
"""

import django
from django.apps import apps
from django.contrib.postgres.operations import CreateExtension
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.fields import FieldOperation
from django.db.migrations.operations.models import IndexOperation, ModelOperation

from wellbeing.lib.migrations import AtOnce, CreateFunction

# These change the state, from which the tables are made (triggers count as indexes); others are carried out themselves.
IN_THE_STATE = (ModelOperation, FieldOperation, IndexOperation, AtOnce)


def is_empty():
    """Return whether the database has no table yet."""
    return not connection.introspection.table_names()


def _comes_before_tables(operation):
    """Return whether columns and constraints of the tables need what `operation` makes."""
    return isinstance(operation, CreateExtension) or (
        isinstance(operation, CreateFunction) and not operation.reads_tables
    )


@transaction.atomic
def fill():
    """Make every table, constraint, trigger and first row, and record all migrations as applied."""
    executor = MigrationExecutor(connection)
    plan = [migration for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    state = executor.loader.project_state()
    # Kept back until every table is there: some name other tables.
    triggers = [trigger for model in state.models.values() for trigger in model.options.pop("triggers", [])]
    rest = [
        (migration.app_label, operation)
        for migration in plan
        for operation in migration.operations
        # An elidable one changes rows of before, in the names of its day: here there are none.
        if not isinstance(operation, IN_THE_STATE) and not getattr(operation, "elidable", False)
    ]
    rest.sort(key=lambda entry: not _comes_before_tables(entry[1]))
    first = sum(_comes_before_tables(operation) for _, operation in rest)
    with connection.schema_editor() as editor:
        for label, operation in rest[:first]:
            operation.database_forwards(label, editor, state, state)
        for model in state.apps.get_models():
            if model._meta.can_migrate(connection):
                editor.create_model(model)
    with connection.schema_editor() as editor:
        for trigger in triggers:
            editor.execute(trigger.install_sql, params=None)
        for label, operation in rest[first:]:
            operation.database_forwards(label, editor, state, state)
    executor.recorder.ensure_schema()
    for migration in plan:
        for label, name in (*migration.replaces, (migration.app_label, migration.name)):
            executor.recorder.record_applied(label, name)
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias, apps=apps, plan=[])


if __name__ == "__main__":
    django.setup()
    fill()
