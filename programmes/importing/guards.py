"""Fetch the import or the row a page is about, or refuse the reader."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from programmes.importing import rules
from programmes.importing.models import PeopleImport
from programmes.programme.guards import programme_or_404


def programme_to_import_into(request, slug):
    """Return the programme at this address for those who import people into it; 403 for others of the programme."""
    programme = programme_or_404(request, slug)
    rules.can_import(request.user, programme).insist(PermissionDenied)
    return programme


def import_or_404(request, slug, pk):
    """Return an import of the programme at this address that was not thrown away; 403 for others of the programme."""
    programme = programme_to_import_into(request, slug)
    rows = PeopleImport.objects.shown().filter(programme=programme)
    return get_object_or_404(rows.select_related("programme", "rule", "sent_by", "brought_by", "undone_by"), pk=pk)


def row_or_404(request, slug, pk, row_pk):
    """Return a row of such an import."""
    people_import = import_or_404(request, slug, pk)
    row = get_object_or_404(people_import.rows.select_related("person", "same_as"), pk=row_pk)
    row.people_import = people_import
    return row
