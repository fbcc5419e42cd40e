"""Holds every page a test opens to a fixed number of queries."""

from zeal import zeal_context


def no_query_per_row(get_response):
    """Fail any page that asks the database once per row. Forms that are sent may read a row again, under its lock."""

    def middleware(request):
        if request.method != "GET":
            return get_response(request)
        with zeal_context():
            return get_response(request)

    return middleware
