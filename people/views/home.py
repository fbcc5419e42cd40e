"""The home page: a welcome for visitors, a worklist for whoever is signed in."""

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

from people import queries

from .panels import rendered


@require_safe
def home(request):
    """What waits for the reader, what is coming up and where their money is; what this is for, when signed out."""
    if not request.user.is_authenticated:
        return welcome(request)
    return render(
        request,
        "people/home.html",
        {
            "tasks": queries.worklist(request.user),
            "panels": rendered(request, queries.home_panels(request.user)),
        },
    )


def welcome(request):
    """What this is for, and the way in; in the demo, also whom to look around as."""
    roles = queries.demo_roles() if settings.DEMO_MODE else []
    return render(request, "people/welcome.html", {"demo_roles": roles})
