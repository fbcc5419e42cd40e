"""Write what was found of thousands of rows at once."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

AT_ONCE = 2_000


@dataclass(frozen=True)
class Found:
    """Result of the check of a row."""

    pk: int
    status: str
    details: dict[str, Any]
    problems: list[dict[str, Any]]
    person: int | None = None


def write_found(found: Sequence[Found]) -> None:
    """Write what was found of rows that exist."""
    _update(
        "UPDATE programmes_importrow r SET status = d.status, details = d.details, problems = d.problems,"
        " person_id = d.person FROM jsonb_to_recordset(%s::jsonb)"
        " AS d(pk bigint, status text, details jsonb, problems jsonb, person bigint) WHERE r.id = d.pk",
        (one.__dict__ for one in found),
    )


def write_added(added: Iterable[tuple[int, int]]) -> None:
    """Write of rows, as (row, person), who was brought in for each."""
    _update(
        "UPDATE programmes_importrow r SET status = 'added', person_id = d.person"
        " FROM jsonb_to_recordset(%s::jsonb) AS d(pk bigint, person bigint) WHERE r.id = d.pk",
        ({"pk": row, "person": person} for row, person in added),
    )


def _update(sql: str, rows: Iterable[dict[str, Any]]) -> None:
    waiting = list(rows)
    with connection.cursor() as cursor:
        for first in range(0, len(waiting), AT_ONCE):
            cursor.execute(sql, [json.dumps(waiting[first : first + AT_ONCE])])
