"""Rows that every installation begins with, such as published rates: written where they are missing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps as present
from django.db import DEFAULT_DB_ALIAS


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


def loader_of(*every: ReferenceRows) -> Callable[..., None]:
    """Return a receiver of `post_migrate` that adds the rows of `every` that are missing.

    After a flush the signal comes without `apps`: the registry of the process stands in.
    """

    def load(apps: Any = present, using: str = DEFAULT_DB_ALIAS, **_signal: Any) -> None:
        for rows in every:
            rows.load(apps, using)

    return load
