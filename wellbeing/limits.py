"""Answer requests that are too large, or for which there is no disk or database, with a page that says what to do."""

import errno
import logging
import sys
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import defaults

from wellbeing.lib.uploads import size_words

# Bytes for the other fields of a form with one file.
ROOM_FOR_FIELDS = 1024 * 1024
# A full disk, a used-up quota, a file grown to the most the process may write.
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
# The classes of PostgreSQL's errors for connections that fail, and for a server that starts or stops.
AWAY = ("08", "57P")
# After so many seconds a program that was told 503 may ask again.
RETRY_SECONDS = 30

logger = logging.getLogger(__name__)


def refuse_oversized(get_response):
    """Answer 413 to a request whose announced length is more than the largest upload and its form could need.

    It stands behind the middleware that knows who is signed in, none of which reads what was sent.
    """

    def middleware(request):
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = 0
        if length > settings.UPLOAD_MAX_BYTES + ROOM_FOR_FIELDS:
            return _too_big(request)
        return get_response(request)

    return middleware


def say_when_disk_is_full(get_response):
    """Answer 503 with a page that says what to do when a view finds no room on a disk, be it DATA_DIR or TMPDIR."""

    def process_exception(request, exception):
        if _is_full(exception):
            logger.error("There is no room for %s: %s", request.path, exception)
            return render(request, "disk_full.html", status=503)
        return None

    def middleware(request):
        return get_response(request)

    middleware.process_exception = process_exception  # type: ignore[attr-defined]  # Django looks for it there
    return middleware


def _is_full(exception):
    # The writer of spreadsheets wraps the error of the disk in one of its own.
    causes = (exception, exception.__cause__, exception.__context__, *exception.args)
    return any(isinstance(cause, OSError) and cause.errno in FULL for cause in causes)


def _too_big(request):
    """Show the page for a request that is too large, with a way back to the form it came from, if that is ours."""
    came_from = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    back_url = urlsplit(came_from)._replace(scheme="", netloc="", fragment="").geturl() if ours else ""
    most = size_words(settings.UPLOAD_MAX_BYTES)
    return render(request, "413.html", {"back_url": back_url, "most": most}, status=413)


def bad_request(request, exception):
    """Answer as Django does (400), except for a form whose fields are too large: that is a 413 and says so."""
    if isinstance(exception, RequestDataTooBig):
        return _too_big(request)
    return defaults.bad_request(request, exception)


def server_error(request):
    """Answer as Django does (500); with 503 while the database is away, by which a proxy knows that it will pass."""
    answer = defaults.server_error(request)
    if _is_away(sys.exception()):
        answer.status_code = 503
        answer.headers["Retry-After"] = str(RETRY_SECONDS)
    return answer


def _is_away(exception):
    # An error without a code is one of the connection itself; a deadlock or a time limit has one.
    if not isinstance(exception, OperationalError | InterfaceError):
        return False
    code = getattr(exception.__cause__, "pgcode", None)
    return code is None or code.startswith(AWAY)
