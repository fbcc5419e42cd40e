"""Remember in the browser who was signed in last, so that a form sent after signing out is kept for them alone.

It signs nobody in and shows nothing: it says for whom a form is kept until they have signed in again.
"""

from django.conf import settings
from django.core import signing

SALT = "people.accounts.reader"


def remember(request, response):
    """Set the cookie on `response` where it does not name the reader of `request` yet. It ends with the browser."""
    # Only a user somebody looked up: a page that asked for none stays the same for everyone.
    user = getattr(request, "_cached_user", None)
    if user is None or not user.is_authenticated or last(request) == user.pk:
        return
    response.set_cookie(
        settings.READER_COOKIE_NAME,
        signing.Signer(salt=SALT).sign(str(user.pk)),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def last(request):
    """Return the key of the user who was signed in last in this browser, or None."""
    try:
        return int(signing.Signer(salt=SALT).unsign(request.COOKIES.get(settings.READER_COOKIE_NAME, "")))
    except (signing.BadSignature, ValueError):
        return None
