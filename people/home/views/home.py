"""The home page: a welcome for visitors, a worklist for readers who are signed in."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from people.home import queries
from people.home.panels import rendered


@require_safe
def home(request):
    """Show the reader's tasks, coming events and money; to a visitor, what the service is for."""
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
