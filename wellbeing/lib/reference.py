"""Rows that every installation begins with, such as published rates: written where they are missing."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ReferenceRows:
    """Rows of one model. `key` names the fields by which a row is known; without one, rows go into an empty table."""

    app: str
    model: str
    rows: tuple[dict[str, Any], ...]
    key: tuple[str, ...] = ()

    def load(self, apps: Any, using: str) -> None:
        """Add the rows that the database `using` lacks; those that are there stay as they are.

        `apps` is Django's registry, or that of a migration. A state in which the model is not there, or is another
        one, gets no rows.
        """
        try:
            model = apps.get_model(self.app, self.model)
        except LookupError:
            return
        if not set(self.rows[0]) <= {field.name for field in model._meta.concrete_fields}:
            return
        there = model._base_manager.using(using)
        if self.key:
            known = set(there.values_list(*self.key))
            missing = [row for row in self.rows if tuple(row[name] for name in self.key) not in known]
        else:
            missing = [] if there.exists() else self.rows
        there.bulk_create([model(**row) for row in missing])
