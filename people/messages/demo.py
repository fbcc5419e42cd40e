"""Guard of pages that only the demo has."""

from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404


def demo_only(view):
    """Outside demo mode the page does not exist, whoever asks. In the demo anyone may see it."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not settings.DEMO_MODE:
            raise Http404
        return view(request, *args, **kwargs)

    return login_not_required(guarded)
