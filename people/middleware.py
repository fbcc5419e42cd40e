"""Middleware: who is acting (for the history) and whether they have shown a second factor."""

import pghistory
from allauth.core.exceptions import ReauthenticationRequired
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from people import reauthentication, sessions
from wellbeing.logs import mask

# The account's own pages, where a second factor is shown or set up, and the probes.
OPEN_PREFIXES = ("account_", "mfa_")
OPEN_NAMES = {"healthz", "readyz", "prove_by_code", "prove_go_on"}


def history_context(get_response):
    """Write the acting user (a number) and the request's id beside every change made while answering a request."""

    def middleware(request):
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            return get_response(request)
        user = request.user.pk if request.user.is_authenticated else None
        request_id = getattr(request, "request_id", "")
        with pghistory.context(user=user, request_id=request_id, path=mask(request.path)):
            return get_response(request)

    return middleware


def keep_private(get_response):
    """Tell browsers and proxies to keep no copy of a page that was made for somebody signed in.

    On a shared computer nobody reads it again after they have signed out. A view that says something itself is left.
    """

    def middleware(request):
        response = get_response(request)
        # Only a user somebody looked up: a page that asked for none is the same for everyone.
        user = getattr(request, "_cached_user", None)
        if user is not None and user.is_authenticated and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    return middleware


def second_factor(get_response):
    """Send staff, finance and administrators to set up a second factor before any page but the account's own.

    Off only where SECOND_FACTOR_REQUIRED is off (the demo). What counts as privileged is in `registry.privileged`.
    Pages marked `login_not_required` are open: they show nobody's data but what their own key opens.
    """

    def middleware(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        # With its namespace: the admin site has pages of its own called account_… and mfa_….
        name = request.resolver_match.view_name or ""
        if name.startswith(OPEN_PREFIXES) or name in OPEN_NAMES or not getattr(view, "login_required", True):
            return None
        return redirect(reverse("second_step")) if sessions.lacks_second_factor(request) else None

    middleware.process_view = process_view
    return middleware


def proof_for_library_pages(get_response):
    """Ask again who somebody is before the pages of the libraries that change how they sign in.

    Which pages is the list `reauthentication.ASKED`; our own views carry the decorator.
    """

    def middleware(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        if (request.resolver_match.view_name or "") not in reauthentication.ASKED or not request.user.is_authenticated:
            return None
        return reauthentication.passed(request)

    def process_exception(request, exception):
        # The proof ran out between our check and the library's own, which would keep what was typed in plain text.
        if isinstance(exception, ReauthenticationRequired) and request.user.is_authenticated:
            return reauthentication.ask(request)
        return None

    middleware.process_view = process_view
    middleware.process_exception = process_exception
    return middleware
