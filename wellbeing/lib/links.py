"""Serve pages that open by a secret link instead of signing in."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseBase

P = ParamSpec("P")
RowT = TypeVar("RowT", bound=Model)


def by_key(rows: QuerySet[RowT], key: str, field: str = "key") -> RowT | None:
    """Return the row of `rows` whose `field` is the `key` of a link, or None; an empty or mangled key finds nothing."""
    # NUL is the one sign PostgreSQL refuses to look for.
    key = key.replace("\0", "")
    return rows.filter(**{field: key}).first() if key else None


def private_page(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Keep the page of a secret link out of search engines, caches and other sites' logs."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Cache-Control"] = "no-store, private"
        return response

    return guarded
