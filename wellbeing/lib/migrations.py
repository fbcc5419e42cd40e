"""Operations for migrations: functions of the database, and the triggers of many tables at once."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class CreateFunction(Operation):
    """Create a function of the database, `name(arguments)`, for tables of migrations after this one to use.

    One that `reads_tables` is created after them.
    """

    reversible = True

    def __init__(self, signature: str, sql: str, *, reads_tables: bool = False) -> None:
        self.signature, self.sql, self.reads_tables = signature, sql, reads_tables

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing: models know nothing of it."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Create it in the database."""
        schema_editor.execute(self.sql, params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Drop it."""
        schema_editor.execute(f"DROP FUNCTION {self.signature}", params=None)

    def describe(self) -> str:
        """Say in a line what the operation does."""
        return f"Create the function {self.signature}"


class InstallTriggers(Operation):
    """Install every trigger that the models of the app, or those named, have in their options, in the order of models.

    pgtrigger's own AddTrigger changes the state, one trigger at a time, and Django then draws up every related model
    anew: for hundreds of triggers that takes minutes. Here the models name theirs when they are created.
    """

    reversible = True

    def __init__(self, models: Collection[str] = ()) -> None:
        self.models = models

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing: the models have named their triggers."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Create the functions and triggers in the database."""
        for trigger in self._triggers(app_label, to_state):
            schema_editor.execute(trigger.install_sql, params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Drop them."""
        for trigger in self._triggers(app_label, to_state):
            schema_editor.execute(trigger.uninstall_sql, params=None)

    def describe(self) -> str:
        """Say in a line what the operation does."""
        return "Install the triggers of the app's models"

    def _triggers(self, app_label: str, state: ProjectState) -> list[Any]:
        models = (
            model
            for (label, name), model in state.models.items()
            if label == app_label and (not self.models or name in self.models)
        )
        return [trigger for model in models for trigger in model.options.get("triggers", [])]


class AtOnce(Operation):
    """Carry out `operations` as one step: none may need what another of them did to the same field.

    Django draws up every related model anew after each step. A migration of many steps, on models with many relations,
    would take minutes; so it takes seconds. It cannot be undone.
    """

    reversible = False

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change the state by all of them, and draw up the models anew when they are next asked for."""
        state.clear_delayed_apps_cache()
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Change the database by each of them, in order."""
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """Say in a line what the operation does."""
        return f"Carry out {len(self.operations)} operations at once"
