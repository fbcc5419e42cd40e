"""Pages about the service that anyone may read."""

from email.utils import parseaddr

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
@login_not_required
def accessibility(request):
    """Say how easy this is to use, what we know is not good yet, and how to tell us."""
    return render(request, "people/home/pages/accessibility.html")


@require_safe
@login_not_required
def privacy(request):
    """Say what we hold about people, why, who sees it and for how long."""
    return render(request, "people/home/pages/privacy.html")


@require_safe
@login_not_required
def contact(request):
    """Say how to get help."""
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return render(request, "people/home/pages/contact.html", {"contact_address": address})
