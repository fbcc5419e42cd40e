"""Pages that everybody may read, signed in or not: cheap to ask again, and slow for a program that copies them all."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from http import HTTPStatus
from typing import Any

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags, quote_etag
from django.views.decorators.http import conditional_page, require_safe

View = Callable[..., HttpResponseBase]
# Seconds for which the mark of a page is known without drawing it again.
KNOWN = 60
# Seconds after which somebody who asked too often may ask again.
TRY_AGAIN = 60
# Headers that an answer "not modified" says again, by RFC 9110.
SAID_AGAIN = ("ETag", "Cache-Control", "Vary")


def public_page(view: View) -> View:
    """Make `view` a page that everybody may read.

    A browser or a reader of feeds that has it already, as it was drawn in the last minute, is told so at once and is
    not counted. Others are counted by their address against the limit "public_page" (settings.ACCOUNT_RATE_LIMITS).
    Above it the answer is 429, with a page that says when to come back.
    """
    drawn = conditional_page(view)

    @require_safe
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # A page for somebody signed in is theirs alone: their name is in its header.
        key = None if request.user.is_authenticated else _key(request)
        unchanged = _unchanged(request, cache.get(key)) if key else None
        if unchanged is not None:
            return unchanged
        if ratelimit.consume(request, app="allauth.account", action="public_page", limit_get=True) is None:
            return too_often(request)
        response = drawn(request, *args, **kwargs)
        if key and response.status_code in {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED} and "ETag" in response:
            cache.set(key, {name: response[name] for name in SAID_AGAIN if name in response}, KNOWN)
        return response

    return page


def too_often(request: HttpRequest) -> HttpResponse:
    """Return the page that says to come back in a minute, with Retry-After."""
    response = render(request, "asked_too_often.html", status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(TRY_AGAIN)
    patch_cache_control(response, no_store=True)
    return response


def _key(request: HttpRequest) -> str:
    return f"public-page:{sha256(request.get_full_path().encode()).hexdigest()}"


def _unchanged(request: HttpRequest, known: dict[str, str] | None) -> HttpResponse | None:
    """Return the answer "not modified" where the reader names the mark of the page as it was drawn lately, or None."""
    named = parse_etags(request.headers.get("If-None-Match", ""))
    if not known or quote_etag(known["ETag"]).removeprefix("W/") not in {mark.removeprefix("W/") for mark in named}:
        return None
    response = HttpResponseNotModified()
    for name, value in known.items():
        response[name] = value
    return response
