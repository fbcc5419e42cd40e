"""Rows that every installation begins with, such as published rates: written where they are missing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps as present
from django.db import DEFAULT_DB_ALIAS


@dataclass(frozen=True)
class ReferenceRows:
    """Rows of one model that every installation has.

    `key` names the fields by which a row is recognised; without it, rows are added only to an empty table.
    """

    app: str
    model: str
    rows: tuple[dict[str, Any], ...]
    key: tuple[str, ...] = ()

    def load(self, apps: Any, using: str) -> None:
        """Add the rows that are missing from the database `using`; leave those that are there as they are.

        `apps` is Django's registry, or a migration's. Nothing is added where the model does not exist or lacks one of
        the fields.
        """
        try:
            model = apps.get_model(self.app, self.model)
        except LookupError:
            return
        if not set(self.rows[0]) <= {field.name for field in model._meta.concrete_fields}:
            return
        stored = model._base_manager.using(using)
        if self.key:
            existing = set(stored.values_list(*self.key))
            missing = [row for row in self.rows if tuple(row[name] for name in self.key) not in existing]
        else:
            missing = [] if stored.exists() else list(self.rows)
        stored.bulk_create([model(**row) for row in missing])


def loader_of(*every: ReferenceRows) -> Callable[..., None]:
    """Return a receiver of `post_migrate` that adds the rows of `every` that are missing.

    After a flush the signal comes without `apps`, and the registry of the process is used.
    """

    def load(apps: Any = present, using: str = DEFAULT_DB_ALIAS, **_signal: Any) -> None:
        for rows in every:
            rows.load(apps, using)

    return load
