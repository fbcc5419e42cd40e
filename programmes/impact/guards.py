"""Fetch the aim, activity, change or paper a page is about, or refuse the reader."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from programmes.impact import queries, rules
from programmes.programme.guards import programme_or_404
from programmes.programme.models.programmes import Programme


def writable_programme(request, slug):
    """Return the programme at this address for its staff; others with a role in it get 403, a stranger 404."""
    programme = programme_or_404(request, slug)
    rules.can_write(request.user, programme).insist(PermissionDenied)
    return programme


def writable_row(request, model, pk):
    """Return the row of `model` at this address, likewise."""
    rows = model.objects.filter(programme__in=Programme.objects.visible_to(request.user))
    row = get_object_or_404(rows.select_related("programme"), pk=pk)
    request.programme = row.programme
    rules.can_write(request.user, row.programme).insist(PermissionDenied)
    return row


def shared_programme_or_404(slug):
    """Return the programme at this address whose impact page everybody may read; for others 404."""
    programme = get_object_or_404(Programme, slug=slug)
    if not queries.is_shared(programme):
        raise Http404
    return programme
