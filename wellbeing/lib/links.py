"""Pages that open by a secret link instead of signing in."""

from functools import wraps


def by_key(rows, key, field="key"):
    """The one of `rows` whose `field` is the `key` of a link, or None; an empty or mangled key finds nothing."""
    # NUL is the one sign PostgreSQL refuses to look for.
    key = key.replace("\0", "")
    return rows.filter(**{field: key}).first() if key else None


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
