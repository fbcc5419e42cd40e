"""Operations for migrations: functions of the database, and the triggers of many tables at once."""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class CreateFunction(Operation):
    """Create a function of the database, `name(arguments)`, for tables of migrations after this one to use."""

    reversible = True

    def __init__(self, signature: str, sql: str) -> None:
        self.signature, self.sql = signature, sql

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
    """Install every trigger that the models of the app name in their options, in the order of the models.

    pgtrigger's own AddTrigger changes the state, one trigger at a time, and Django then draws up every related model
    anew: for hundreds of triggers that takes minutes. Here the models name theirs when they are created.
    """

    reversible = True

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
        models = (model for (label, _), model in state.models.items() if label == app_label)
        return [trigger for model in models for trigger in model.options.get("triggers", [])]
