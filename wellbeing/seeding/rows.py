"""Put many rows into their tables at once, with their history."""

import datetime as dt
import io

from django.db import connection

# Read by each trigger for each row; unset, each reading costs Postgres a caught error.
NO_TRIGGER_IGNORED = "SELECT set_config('pgtrigger.ignore', '{}', true)"


class Rows:
    """Collects rows of one model for its table. Fields not named get the model's defaults."""

    def __init__(self, model, *names):
        self.model, self.names = model, names
        # The database fills generated fields itself.
        fields = {
            field.attname: field
            for field in model._meta.concrete_fields
            if not field.primary_key and not field.generated
        }
        unknown = set(names) - set(fields) - {"id"}
        assert not unknown, f"{model.__name__} has no {unknown}"
        defaults = {
            name: field.get_default() if field.has_default() or field.empty_strings_allowed else None
            for name, field in fields.items()
            if name not in names
        }
        for name in defaults:
            if getattr(fields[name], "auto_now_add", False):
                defaults[name] = dt.datetime.now(dt.UTC)
            if fields[name].null:
                defaults[name] = None
        self.columns = ["id" if name == "id" else fields[name].column for name in names]
        self.columns += [fields[name].column for name in defaults]
        self.rest = "".join("\t" + cell(value) for value in defaults.values())
        self.text = io.StringIO()
        self.count = 0

    def add(self, *values):
        """Add one row: the values of the names, in their order."""
        self.text.write("\t".join(map(cell, values)) + self.rest + "\n")
        self.count += 1

    def copy(self, context, at):
        """Put the rows into the table, and their history (where it has one) from the moment that `at` (SQL) gives."""
        table, columns = self.model._meta.db_table, ", ".join(f'"{column}"' for column in self.columns)
        execute(f'CREATE TEMPORARY TABLE seed_rows ON COMMIT DROP AS SELECT {columns} FROM "{table}" LIMIT 0')  # noqa: S608
        self.text.seek(0)
        with connection.cursor() as cursor:
            cursor.copy_expert(f"COPY seed_rows ({columns}) FROM STDIN", self.text)
        # Millions of rows: the memory goes back before the next ones are made.
        self.text = io.StringIO()
        insert = f'INSERT INTO "{table}" AS t ({columns}) SELECT {columns} FROM seed_rows'  # noqa: S608  (our own names)
        if hasattr(self.model, "pgh_event_model"):
            with_history(self.model, f"{insert} RETURNING t.*, {at} AS at", label="insert", context=context)
        else:
            execute(insert)
        execute("DROP TABLE seed_rows")


def with_history(model, change, *, label, context):
    """Run `change` and write its history.

    `change` is an INSERT or UPDATE that returns whole rows of `model` and the moment as `at`. One statement writes the
    rows that the history triggers would have written.
    """
    history = model._meta.get_field("history").related_model
    columns = [field.column for field in history._meta.concrete_fields if not field.name.startswith("pgh_")]
    names = ", ".join(f'"{column}"' for column in columns)
    execute(
        "SELECT set_config('pgtrigger.ignore', (SELECT array_agg(tgname)::text FROM pg_trigger"
        " WHERE tgrelid = %s::regclass AND tgname ~ '^pgtrigger_(insert_insert|update_update)_'), true)",
        [model._meta.db_table],
    )
    execute(
        f'WITH changed AS ({change}) INSERT INTO "{history._meta.db_table}"'  # noqa: S608  (our own names)
        f" ({names}, pgh_created_at, pgh_label, pgh_obj_id, pgh_context_id)"
        f" SELECT {names}, at, %s, id, %s FROM changed",
        [label, context],
    )
    execute(NO_TRIGGER_IGNORED)


def cell(value):
    """Write a value as COPY's text format has it."""
    if value is None:
        return "\\N"
    if value == []:
        return "{}"
    text = value if isinstance(value, str) else str(value)
    if "\\" in text or "\n" in text or "\t" in text:
        text = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
    return text


def execute(sql, parameters=()):
    """Run one statement. Return its rows, or how many it changed."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def fresh_ids(model, count):
    """Return fresh ids of `model`, from its own sequence."""
    sql = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
    return [row[0] for row in execute(sql, [model._meta.db_table, count])]
