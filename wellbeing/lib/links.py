"""Pages that open by a secret link instead of signing in."""

from functools import wraps


def private_page(view):
    """Keep the page of a secret link out of search engines, caches and other sites' logs."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Cache-Control"] = "no-store, private"
        return response

    return guarded
