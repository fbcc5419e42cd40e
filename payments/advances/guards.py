"""Fetch an advance or a booking for its page."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from payments.advances import rules


def row_for(request, rows, pk):
    """Return the row `pk` among `rows`, the advances or bookings that the reader may see.

    Raises Http404, and PermissionDenied for readers without a role that sees such pages.
    """
    row = get_object_or_404(rows.select_related("programme", "person", "event", "recorded_by"), pk=pk)
    request.programme = row.programme
    rules.can_see_advances(request.user, row.programme).insist(PermissionDenied)
    return row
