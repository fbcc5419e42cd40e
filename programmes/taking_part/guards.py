"""Fetch the person and the programme a page is about, or refuse the reader."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from people.models import Person
from programmes.programme.models.programmes import Programme
from programmes.programme.queries import is_of
from programmes.taking_part import queries, rules


def person_and_programme(request, slug, person_pk):
    """Return the person and the programme of their part. People open their own, also of a programme they left.

    403 for others of the programme who are not its staff, 404 for strangers and for people of other programmes.
    """
    programme = Programme.objects.filter(slug=slug).first()
    person = Person.objects.select_related("user").filter(pk=person_pk).first()
    if programme is None or person is None:
        raise Http404
    is_visible = Programme.objects.visible_to(request.user).filter(pk=programme.pk).exists()
    if person.user_id == request.user.pk:
        if not queries.programmes_of(person).filter(pk=programme.pk).exists():
            raise Http404
    else:
        if not is_visible:
            raise Http404
        if not rules.can_manage_programme(request.user, programme):
            raise PermissionDenied
        if not is_of(programme, person):
            raise Http404
    # The header names it, and leads to its pages, for those who can open them.
    if is_visible:
        request.programme = programme
    return person, programme
