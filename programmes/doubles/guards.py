"""Fetch the two records, or the records put together, that a page is about."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from people.models import Person
from programmes.doubles import queries, rules
from programmes.doubles.page import TwoRecordsPage
from programmes.programme.guards import programme_or_404
from programmes.programme.queries import took_part


def programme_of_doubles(request, slug):
    """Return the programme at this address for its staff; 403 for others of the programme."""
    programme = programme_or_404(request, slug)
    rules.can_look(request.user, programme).insist(PermissionDenied)
    return programme


def two_records(request, slug, one_pk, other_pk):
    """Return the page of two records of the programme, for its staff; 404 where one is not of the programme."""
    programme = programme_of_doubles(request, slug)
    people = Person.objects.filter(took_part(programme)).select_related("user", "organisation")
    found = people.in_bulk([one_pk, other_pk])
    if {one_pk, other_pk} - set(found):
        raise Http404
    return TwoRecordsPage(programme, found[one_pk], found[other_pk], request.user)


def merge_or_404(request, slug, pk):
    """Return records of the programme that were put together, or are asked about, for its staff."""
    programme = programme_of_doubles(request, slug)
    return get_object_or_404(queries.merges_of(programme), pk=pk)
