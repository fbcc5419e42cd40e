"""Fetch a person, a note, a tag or an organisation of a programme, or refuse the reader."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from people.models import Person
from programmes.directory import queries, rules
from programmes.directory.models import PersonNote, Tag
from programmes.programme.guards import programme_or_404
from programmes.programme.models.programmes import Programme
from programmes.programme.queries import took_part


def person_of_programme(request, slug, pk):
    """Return the programme and a person in its directory, for its staff: 404 for strangers, 403 for others in it."""
    programme = programme_or_404(request, slug)
    rules.can_tag(request.user, programme).insist(PermissionDenied)
    return programme, get_object_or_404(Person.objects.filter(took_part(programme)), pk=pk)


def tag_or_404(request, slug, pk):
    """Return a tag that has not ended, for staff of its programme."""
    programme = programme_or_404(request, slug)
    rules.can_tag(request.user, programme).insist(PermissionDenied)
    return get_object_or_404(Tag.objects.select_related("programme"), programme=programme, ended_at=None, pk=pk)


def note_or_404(request, pk):
    """Return a note the reader may read. 404 for everybody else: that there is one says something already."""
    notes = PersonNote.objects.kept().readable_by(request.user).select_related("programme", "person", "written_by")
    note = get_object_or_404(notes, pk=pk)
    if not Programme.objects.visible_to(request.user).filter(pk=note.programme_id).exists():
        raise Http404
    request.programme = note.programme
    return note


def organisation_or_404(request, slug, pk):
    """Return the programme and an organisation of its directory, for those who see its people."""
    programme = programme_or_404(request, slug)
    if not rules.can_see_organisations(request.user, programme):
        raise PermissionDenied
    return programme, get_object_or_404(queries.organisations_of(programme), pk=pk)
