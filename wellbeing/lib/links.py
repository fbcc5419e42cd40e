"""Serve pages that open by a secret link instead of signing in."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec, TypeVar

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve

P = ParamSpec("P")
RowT = TypeVar("RowT", bound=Model)
# Signs that people and programs put behind an address, and that become a part of the link.
BEHIND = ").,;:!?>]}'\"»”’…* "


def by_key(rows: QuerySet[RowT], key: str, field: str = "key") -> RowT | None:
    """Return the row of `rows` whose `field` is the `key` of a link, or None; an empty or mangled key finds nothing."""
    # NUL is the one sign PostgreSQL refuses to look for.
    key = key.replace("\0", "")
    return rows.filter(**{field: key}).first() if key else None


def private_page(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Keep the page of a secret link out of search engines, caches and other sites' logs.

    Links that lead nowhere (404) are counted by the visitor's address against the limit "unknown_link"
    (settings.ACCOUNT_RATE_LIMITS). Keys cannot be guessed in any number of tries; a program that tries them is told to
    stop all the same, and a link that works still opens.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if response.status_code == HTTPStatus.NOT_FOUND and _tried_too_often(request):
            response = render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Cache-Control"] = "no-store, private"
        return response

    return guarded


def page_of_link(
    rows: Callable[[], QuerySet[RowT]], unknown: str, field: str = "link_key"
) -> Callable[[Callable[[HttpRequest, RowT], HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Make a view of (request, row) the page behind a personal link, whose address has a `key`.

    The row is the one of `rows()` whose `field` is the key; where there is none, the template `unknown` says so. Nobody
    is signed in on the page, whoever holds the link: who asked for it is `request.reader`, for what that person alone
    may read.
    """

    def decorate(view: Callable[[HttpRequest, RowT], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        @private_page
        def guarded(request: HttpRequest, key: str) -> HttpResponseBase:
            request.reader, request.user = request.user, AnonymousUser()  # type: ignore[attr-defined]
            row = by_key(rows(), key, field)
            if row is None:
                return render(request, unknown, status=HTTPStatus.NOT_FOUND)
            return view(request, row)

        return login_not_required(guarded)

    return decorate


def _tried_too_often(request: HttpRequest) -> bool:
    return ratelimit.consume(request, app="allauth.account", action="unknown_link", limit_get=True) is None


def follow_pasted_links(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Lead an address that is followed by a bracket, a full stop or the like to the page it was meant for.

    Mail programs and people take such a sign for a part of the link. Only an address that leads nowhere as it stands,
    and somewhere without those signs, is answered so.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if response.status_code != HTTPStatus.NOT_FOUND or request.method not in {"GET", "HEAD"}:
            return response
        meant = f"{request.path_info.rstrip(BEHIND + '/')}/"
        unchanged = request.path_info.rstrip("/") == meant.rstrip("/")
        # Two slashes would lead to another site.
        if unchanged or meant.startswith("//") or not _leads_somewhere(meant):
            return response
        redirect = HttpResponseRedirect(meant)
        redirect["Referrer-Policy"] = "no-referrer"
        return redirect

    return middleware


def _leads_somewhere(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
