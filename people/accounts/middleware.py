"""Middleware: how long a session lasts, who is acting (for the history), whether they have shown who they are."""

from urllib.parse import urlencode, urlsplit

import pghistory
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from people.accounts import reader, reauthentication, sessions
from wellbeing.secret_paths import mask

# The account's own pages, where a second factor is shown or set up, and the probes.
OPEN_PREFIXES = ("account_", "mfa_")
PROBES = {"healthz", "readyz"}
OPEN_NAMES = PROBES | {"prove_by_code", "prove_go_on", "session_left", "sign_in_again"}


def session_limits(get_response):
    """Say so when a session has ended by its limits, keep what was just sent in it, and note signs of life.

    The session itself is ended by the engine (people.accounts.session_store), or by signing out in another window. A
    page somebody opens and a form they send are signs of life; a fetch by a script is not.
    """

    def middleware(request):
        response = get_response(request)
        reader.remember(request, response)
        ended = request.session.ended
        if request.method != "POST" or not _is_navigation(request):
            return response
        sign_in = resolve_url(settings.LOGIN_URL)
        # Only a page for people who have signed in leads there; signing in itself goes on from there.
        refused = response.status_code == 302 and urlsplit(response["Location"]).path == sign_in != request.path
        user_pk = ended.user_pk if ended else reader.last(request) if refused else None
        if not refused or user_pk is None:
            if ended:
                messages.warning(request, _why_signed_out(ended.why))
            return response
        # The view has been reached, so the form's own mark against forgery has been checked.
        reauthentication.hold(request, user_pk)
        why = _why_signed_out(ended.why) if ended else _("You had been signed out.")
        messages.warning(request, f"{why} {_('We kept what you had filled in. Sign in to go on.')}")
        return redirect(f"{sign_in}?{urlencode({'next': reverse('prove_go_on')})}")

    def process_view(request, _view, _args, _kwargs):
        if request.resolver_match.view_name in PROBES:
            return
        # Reading anything of the session loads it, which ends one that is over.
        signed_in = request.user.is_authenticated
        request.find_kept_form = lambda: reauthentication.held(request, request.get_full_path())
        if signed_in and request.method == "POST":
            # It is sent now; whoever must prove again who they are has it kept again.
            reauthentication.forget_held(request, request.get_full_path())
        if request.session.ended and request.method != "POST" and _is_navigation(request):
            messages.warning(request, _why_signed_out(request.session.ended.why))
        elif signed_in and (request.method == "POST" or _is_navigation(request)):
            sessions.touch(request, timezone.now())

    middleware.process_view = process_view  # type: ignore[attr-defined]  # Django looks for it there
    return middleware


def _is_navigation(request):
    """Return whether a person opened this page or sent this form, as browsers tell; True for one that does not say."""
    return request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"


def _why_signed_out(why):
    if why == "idle":
        return _("You were signed out because nothing happened for a while.")
    hours = settings.SESSION_LONGEST_SECONDS // 3600
    return _("You were signed out because you had been signed in for %s hours.") % hours


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

    def process_view(request, view, _args, _kwargs):
        # With its namespace: the admin site has pages of its own called account_… and mfa_….
        name = request.resolver_match.view_name or ""
        if name.startswith(OPEN_PREFIXES) or name in OPEN_NAMES or not getattr(view, "login_required", True):
            return None
        return redirect(reverse("second_step")) if sessions.lacks_second_factor(request) else None

    middleware.process_view = process_view  # type: ignore[attr-defined]  # Django looks for it there
    return middleware


def proof_for_library_pages(get_response):
    """Ask again who somebody is before the pages of the libraries that change how they sign in.

    Which pages is the list `reauthentication.ASKED`; our own views carry the decorator.
    """

    def middleware(request):
        return get_response(request)

    def process_view(request, _view, _args, _kwargs):
        if (request.resolver_match.view_name or "") not in reauthentication.ASKED or not request.user.is_authenticated:
            return None
        return reauthentication.passed(request)

    def process_exception(request, exception):
        # The proof ran out between our check and the library's own, which would keep what was typed in plain text.
        if isinstance(exception, ReauthenticationRequired) and request.user.is_authenticated:
            return reauthentication.ask(request)
        return None

    middleware.process_view = process_view  # type: ignore[attr-defined]  # Django looks for it there
    middleware.process_exception = process_exception  # type: ignore[attr-defined]  # Django looks for it there
    return middleware
