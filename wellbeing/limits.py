"""Requests too large to take: refused before they are read, with a page that says what to do."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.shortcuts import render
from django.views import defaults

# What a form carries besides its one file.
ROOM_FOR_FIELDS = 1024 * 1024


def refuse_oversized(get_response):
    """Answer 413 to a request whose announced length is more than the largest upload and its form could need."""

    def middleware(request):
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = 0
        if length > settings.UPLOAD_MAX_BYTES + ROOM_FOR_FIELDS:
            return render(request, "413.html", status=413)
        return get_response(request)

    return middleware


def bad_request(request, exception):
    """Django's 400, save for a form whose fields are too large: that is a 413 and says so."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=413)
    return defaults.bad_request(request, exception)
