"""Remember rows before a change that reaches over many tables, say what it changed, and put that back.

A row is kept as the text of each of its columns, as PostgreSQL writes it, so that no value loses anything on its way.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

import pgtrigger
from django.apps import apps
from django.db import connection, models, transaction
from pghistory.models import Event

from wellbeing.lib.triggers import guards_of

Model = type[models.Model]
Keys = dict[Model, set[Any]]
Row = dict[str, str | None]


@dataclass(frozen=True)
class Change:
    """One row that was changed or deleted: the columns that changed, before and after; `after` is None once deleted.

    `rest` is a digest of the columns that did not change: where they have changed since, somebody has gone on with the
    row, and it is left to them.
    """

    model: str
    pk: Any
    before: Row
    after: Row | None
    rest: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return it for a JSON field."""
        return asdict(self)


@dataclass
class Picture:
    """How rows were at one moment."""

    rows: dict[Model, dict[Any, Row]]

    def changes(self) -> list[Change]:
        """Return what has changed of these rows since then."""
        found = []
        for model, before in self.rows.items():
            now = _read(model, before)
            for pk, row in before.items():
                if pk not in now:
                    found.append(Change(model._meta.label, pk, row, None))
                elif changed := {name for name, value in row.items() if now[pk][name] != value}:
                    old, new = ({name: values[name] for name in changed} for values in (row, now[pk]))
                    found.append(Change(model._meta.label, pk, old, new, _digest(row, changed)))
        return found


def picture_of(model: Model, pks: Collection[Any], *, whole: Collection[Model] = ()) -> Picture:
    """Return how the rows of `model` with these keys are now, with every row that points to them.

    Rows that would be deleted with any of these are among them, and of the models in `whole` every row that points to
    theirs; histories are not.
    """
    keys: Keys = {model: set(pks)}
    waiting = list(_add_pointing(keys, model, set(pks), cascading=False).items())
    while waiting:
        one, found = waiting.pop()
        waiting += _add_pointing(keys, one, found, cascading=one not in whole).items()
    return Picture({one: _read(one, found) for one, found in keys.items() if found})


def _add_pointing(keys: Keys, model: Model, pks: set[Any], *, cascading: bool) -> Keys:
    """Add the rows that point to rows of `model`, with `cascading` those deleted with them alone. Return the new."""
    new: Keys = {}
    for other, field in _pointing_to(model):
        if cascading and field.remote_field.on_delete is not models.CASCADE:
            continue
        found = set(other._base_manager.filter(**{f"{field.name}__in": pks}).values_list("pk", flat=True))
        found -= keys.get(other, set())
        if found:
            keys.setdefault(other, set()).update(found)
            new.setdefault(other, set()).update(found)
    return new


def _pointing_to(model: Model) -> Iterator[tuple[Model, Any]]:
    for other in apps.get_models(include_auto_created=True):
        if issubclass(other, Event) or not other._meta.managed or other._meta.proxy:
            continue
        for field in other._meta.local_concrete_fields:
            if field.related_model is model:
                yield other, field


def put_back(changes: Iterable[dict[str, Any]]) -> list[Change]:
    """Put rows back as they were before `changes` (each as `Change.as_json` made it).

    Return those that are left as they are, because somebody has changed them since. Guards stand aside, as in
    the change itself; constraints stay, and are checked when the transaction ends. Raises IntegrityError where they
    refuse it at once.
    """
    every = [Change(**one) for one in changes]
    involved = {apps.get_model(one.model) for one in every}
    types = {model: _types(model) for model in involved}
    left = []
    # A savepoint of its own: once a write is refused, nothing else could be said to the database, not even to end this.
    with pgtrigger.ignore(*(uri for model in involved for uri in guards_of(model))), transaction.atomic():
        for one in every:
            if one.after is not None and (kept := _change_back(apps.get_model(one.model), one, types)):
                left.append(kept)
        # Rows that stand where a deleted one stood have been moved away by now.
        for one in every:
            if one.after is None:
                _insert(apps.get_model(one.model), one.before, types)
    return left


def _change_back(model: Model, one: Change, types: dict[Model, dict[str, str]]) -> Change | None:
    """Write one row back as it was. Return the change where it is left, as somebody has changed or deleted the row."""
    assert one.after is not None
    row = _read(model, [one.pk], lock=True).get(one.pk)
    if row is None or any(row[name] != value for name, value in one.after.items()):
        return one
    if _digest(row, one.after) != one.rest:
        return one
    names = sorted(one.before)
    columns = ", ".join(f"{_quoted(name)} = %s::{types[model][name]}" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {_table(model)} SET {columns} WHERE {_pk(model)} = %s",  # noqa: S608  (our own names)
            [*(one.before[name] for name in names), one.pk],
        )
    return None


def _digest(row: Row, without: Collection[str]) -> str:
    """Return a digest of the columns of `row` but those in `without`."""
    rest = sorted((name, value) for name, value in row.items() if name not in without)
    return hashlib.sha256(repr(rest).encode()).hexdigest()


def _insert(model: Model, row: Row, types: dict[Model, dict[str, str]]) -> None:
    """Insert a deleted row again, with its key."""
    names = sorted(row)
    values = ", ".join(f"%s::{types[model][name]}" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {_table(model)} ({', '.join(map(_quoted, names))})"  # noqa: S608  (our own names)
            f" OVERRIDING SYSTEM VALUE VALUES ({values})",
            [row[name] for name in names],
        )


def _read(model: Model, pks: Iterable[Any], *, lock: bool = False) -> dict[Any, Row]:
    """Return rows by their keys, as the text of each column that the database does not make by itself."""
    fields = model._meta.local_concrete_fields
    names = [str(one.column) for one in fields if not isinstance(one, models.GeneratedField)]
    columns = ", ".join(f"{_quoted(name)}::text" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_pk(model)}, {columns} FROM {_table(model)} WHERE {_pk(model)} = ANY(%s)"  # noqa: S608
            f"{' FOR NO KEY UPDATE' if lock else ''}",
            [list(pks)],
        )
        return {pk: dict(zip(names, values, strict=True)) for pk, *values in cursor.fetchall()}


def _types(model: Model) -> dict[str, str]:
    """Return the type of each column as PostgreSQL writes it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
            [_table(model)],
        )
        return dict(cursor.fetchall())


def _table(model: Model) -> str:
    return _quoted(model._meta.db_table)


def _pk(model: Model) -> str:
    assert model._meta.pk is not None
    return _quoted(str(model._meta.pk.column))


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
