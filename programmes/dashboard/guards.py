"""Fetch the programme whose dashboard a page is about, or refuse the reader."""

from django.core.exceptions import PermissionDenied

from programmes.dashboard.rules import can_see_dashboard
from programmes.programme.guards import programme_or_404


def dashboard_programme(request, slug):
    """Return the programme for those who may open its dashboard; others with a role in it get 403, a stranger 404."""
    programme = programme_or_404(request, slug)
    can_see_dashboard(request.user, programme).insist(PermissionDenied)
    return programme
