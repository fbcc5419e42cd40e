"""Show a page to people whose browser asks an address for something it does not do."""

from django.http import HttpResponseNotAllowed
from django.shortcuts import render


def page_for_not_allowed(get_response):
    """Give an answer 405 the page 405.html where the reader is a browser; what it allows stays in its headers.

    It stands behind the middleware that knows who is signed in, so that the page has the usual header.
    """

    def middleware(request):
        response = get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or not request.accepts("text/html") or response.content:
            return response
        page = render(request, "405.html", status=405)
        page["Allow"] = response["Allow"]
        return page

    return middleware
