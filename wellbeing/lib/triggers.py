"""Let the triggers that freeze rows stand aside, for the few writes that change no fact."""

from collections.abc import Iterator
from contextlib import contextmanager

import pghistory.trigger
import pgtrigger
from django.db import connection, transaction
from django.db.models import Model

# Triggers that write history, by the beginnings of their names in the database.
HISTORY = ("pgtrigger_insert_insert_", "pgtrigger_update_update_", "pgtrigger_delete_delete_")


def guards_of(model: type[Model]) -> list[str]:
    """List the triggers of `model` that refuse writes, as `pgtrigger.ignore` names them; not those of its history."""
    return [
        trigger.get_uri(model)  # type: ignore[arg-type]  # pgtrigger says Model and means the class
        for owner, trigger in pgtrigger.registered()
        if owner is model and not isinstance(trigger, pghistory.trigger.Event)
    ]


@contextmanager
def guards_aside(table: str) -> Iterator[None]:
    """Let the triggers of `table` that refuse writes stand aside until the block ends; its history goes on.

    For migrations: asks the database which triggers there are, as models have other names later. Needs a transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
            [connection.ops.quote_name(table)],
        )
        guards = [name for (name,) in cursor.fetchall() if not name.startswith(HISTORY)]
        cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", [f"{{{','.join(guards)}}}"])
        yield
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{}', true)")


def move_rows(model: type[Model], record: Model, person: Model, field: str = "person") -> int:
    """Point every row of `model` whose `field` is `record` to `person` instead. Return how many rows.

    Both are the same human being. Guards stand aside: who approved, signed and paid is held by check constraints, which
    stay.
    """
    # A savepoint of its own: once a write is refused, nothing else could be said to the database, not even to end this.
    with pgtrigger.ignore(*guards_of(model)), transaction.atomic():
        return model._base_manager.filter(**{field: record}).update(**{field: person})
