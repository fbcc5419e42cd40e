"""The page that stands between a role that reaches other people's data and the rest of the site."""

from allauth.account.internal.stagekit import clear_login
from allauth.account.utils import get_next_redirect_url
from django.contrib.auth.decorators import login_not_required, login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from people.accounts import sessions


@require_safe
@login_not_required
@login_required
def second_step(request):
    """Explain why a second step is needed: the ways to set one up, or the way to show the one there is."""
    if not sessions.lacks_second_factor(request):
        return redirect("home")
    if sessions.has_second_factor(request.user):
        confirm_url = f"{reverse('mfa_reauthenticate')}?{urlencode({'next': reverse('home')})}"
        return render(request, "people/accounts/second_step.html", {"has_one": True, "confirm_url": confirm_url})
    return render(request, "people/accounts/second_step.html")


@require_POST
@login_not_required
def sign_in_again(request):
    """Leave a sign-in that waits for its code, for a new code or another address."""
    clear_login(request)
    next_url = get_next_redirect_url(request)
    query = f"?{urlencode({'next': next_url})}" if next_url else ""
    return redirect(reverse("account_login") + query)
