"""Guard of pages that only the demo has."""

from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404


def demo_only(view):
    """Show the page in demo mode alone, and there to anyone; otherwise it does not exist (404)."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not settings.DEMO_MODE:
            raise Http404
        return view(request, *args, **kwargs)

    return login_not_required(guarded)
