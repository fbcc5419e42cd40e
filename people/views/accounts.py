"""The page that stands between a role that reaches other people's data and the rest of the site."""

from django.contrib.auth.decorators import login_not_required, login_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from people import sessions


@require_safe
@login_not_required
@login_required
def second_step(request):
    """Why a second step is needed, and the two ways to set one up."""
    if not sessions.lacks_second_factor(request):
        return redirect("home")
    return render(request, "people/second_step.html")
