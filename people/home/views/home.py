"""The home page: a welcome for visitors, a worklist for whoever is signed in."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from people.home import queries
from people.home.panels import rendered


@require_safe
def home(request):
    """What waits for the reader, what is coming up and where their money is; what this is for, when signed out."""
    if not request.user.is_authenticated:
        return render(request, "people/home/welcome.html")
    return render(
        request,
        "people/home/home.html",
        {
            "tasks": queries.worklist(request.user),
            "panels": rendered(request, queries.home_panels(request.user)),
        },
    )
