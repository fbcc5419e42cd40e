"""Record who read what is sensitive about somebody: once a day for each reader, person and kind."""

from collections.abc import Iterable
from functools import wraps
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from people.directory.models import Person
from people.privacy import hooks
from people.privacy.models import Look
from wellbeing.lib.types import User

WRITE = """
INSERT INTO people_look (reader_id, person_id, kind, role, "on") SELECT %s, found.person, %s, %s, %s
"""


def note_look(user: User, person: Person, kind: Look.Kind) -> None:
    """Record that `user` reads something of this `kind` about `person`; nothing where it is their own."""
    if person.user_id != user.pk:
        note_looks(user, [person.pk], kind)


def note_looks(user: User, people: Iterable[int] | QuerySet[Any, int], kind: Look.Kind) -> None:
    """Record that `user` reads something of this `kind` about each of `people`, in one statement.

    `people` are keys, or a query for them.

    A look that is recorded already costs no row: the database leaves it out.
    """
    role = next((found for say in hooks.roles_of_readers if (found := say(user))), "")
    sql: Any
    if isinstance(people, QuerySet):
        try:
            sql, params = people.order_by().distinct().query.sql_with_params()
        except EmptyResultSet:
            # The filters of the page find nobody.
            return
    else:
        keys = sorted(set(people))
        if not keys:
            return
        sql, params = "SELECT unnest(%s::bigint[])", (keys,)
    # Both parts are ours: the query of a page, and the row it becomes.
    statement = f"{WRITE} FROM ({sql}) AS found(person) WHERE found.person <> %s ON CONFLICT DO NOTHING"
    with connection.cursor() as cursor:
        cursor.execute(statement, [user.person.pk, str(kind), role[:40], timezone.localdate(), *params, user.person.pk])


def shows(*kinds: Look.Kind) -> Any:
    """Mark a view as one that shows what is sensitive: it calls `note_look` itself, and a test lists those views."""

    def mark(view: Any) -> Any:
        @wraps(view)
        def page(*args: Any, **kwargs: Any) -> Any:
            return view(*args, **kwargs)

        page.shows_sensitive = kinds  # type: ignore[attr-defined]
        return page

    return mark
