"""Put a query together once and send it many times: its SQL depends on the kinds of its arguments alone.

@prepared
def titles_of(programme: int, on: dt.date) -> QuerySet:
    return Decision.objects.filter(programme=programme, closes_on__lt=on).values_list("title")

titles_of(programme.pk, today())  # [("Meet at noon",), …]

For pages that ask many small questions, where building a query takes longer than its answer.
"""

import datetime as dt
import itertools
from collections.abc import Callable, Iterator
from functools import wraps
from threading import Lock
from typing import Any

from django.db import connection
from django.db.models import QuerySet

Rows = list[tuple[Any, ...]]


class NotPreparedError(TypeError):
    """The query depends on its arguments in another way than by containing each of them as it is."""


def prepared(build: Callable[..., QuerySet[Any, Any]]) -> Callable[..., Rows]:
    """Make `build`, which returns a QuerySet of values_list, a function that returns its rows.

    Its arguments are keys, days and words, by position, and stand in the query as they are given. Raises
    NotPreparedError, at the first call, where they do not: it is built with two sets of arguments, and both must give
    the same SQL. A value is what the driver makes of it: a moment is in UTC.
    """
    statements: dict[tuple[type, ...], tuple[str, list[Callable[[tuple[Any, ...]], Any]]]] = {}
    lock = Lock()

    @wraps(build)
    def rows(*arguments: Any) -> Rows:
        kinds = tuple(_kind(argument) for argument in arguments)
        with lock:
            if kinds not in statements:
                statements[kinds] = _statement(build, kinds)
        sql, params = statements[kinds]
        with connection.cursor() as cursor:
            cursor.execute(sql, [param(arguments) for param in params])
            return cursor.fetchall()

    return rows


def _statement(
    build: Callable[..., QuerySet[Any, Any]], kinds: tuple[type, ...]
) -> tuple[str, list[Callable[[tuple[Any, ...]], Any]]]:
    """Return the SQL of `build` for arguments of `kinds`, and for each of its params how it follows from them."""
    numbers = itertools.count(1)
    one, other = (tuple(_example(kind, numbers) for kind in kinds) for _time in range(2))
    (sql, params), (other_sql, other_params) = (build(*each).query.sql_with_params() for each in (one, other))
    if sql != other_sql or len(params) != len(other_params):
        raise NotPreparedError(f"{build.__name__}: its SQL depends on its arguments.")
    return sql, [_param(build.__name__, *pair, one, other) for pair in zip(params, other_params, strict=True)]


def _kind(argument: Any) -> type:
    if isinstance(argument, dt.date) and not isinstance(argument, dt.datetime):
        return dt.date
    if isinstance(argument, str):
        return str
    if type(argument) is int:
        return int
    raise NotPreparedError(f"An argument is a key, a day or a word, not {argument!r}.")


def _example(kind: type, numbers: Iterator[int]) -> int | dt.date | str:
    """Return a value that no query holds for another reason."""
    number = next(numbers)
    if kind is dt.date:
        return dt.date(2901, 1, 1) + dt.timedelta(days=number)
    return f"argument-{number}" if kind is str else 1_900_000_000 + number


def _param(
    name: str, value: Any, other_value: Any, one: tuple[Any, ...], other: tuple[Any, ...]
) -> Callable[[tuple[Any, ...]], Any]:
    if value in one and other_value == other[one.index(value)]:
        place = one.index(value)
        return lambda arguments: arguments[place]
    if value != other_value:
        raise NotPreparedError(f"{name}: its SQL holds something that was made of its arguments.")
    if isinstance(value, dt.date | dt.time):
        raise NotPreparedError(f"{name}: its SQL holds a day or a moment of its own, which would stay that of today.")
    return lambda _arguments: value
