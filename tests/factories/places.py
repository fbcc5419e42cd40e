"""Makers of rows for tests of places, waiting lists and saved lists."""

from django.utils import timezone

from events.models import Places, SavedList, SavedListPerson, WaitingPlace
from tests import factories


def a_waiting_place(event, person=None, **fields):
    """Somebody on the waiting list of `event`, who said that they would come."""
    invitation = factories.an_invitation(event, person, reply="waiting", replied_at=timezone.now())
    return WaitingPlace.objects.create(invitation=invitation, **{"since": timezone.now(), **fields})


def a_saved_list(programme, *people, by, name="Speakers", **fields):
    """A saved list with `people` on it."""
    saved = SavedList.objects.create(programme=programme, name=name, made_by=by, **fields)
    for person in people:
        SavedListPerson.objects.create(saved_list=saved, person=person, added_by=by)
    return saved


def make_places(world):
    """Add to the world of every address an event that is full, somebody who waits for it, and a saved list."""
    world.full = factories.an_event(world.a, organiser=world.staff, days=22)
    Places.objects.create(event=world.full, number=1, set_by=world.staff)
    factories.an_invitation(world.full, world.users["peer"].person, reply="coming", replied_at=timezone.now())
    world.waiting = a_waiting_place(world.full, world.owner)
    world.saved_list = a_saved_list(world.a, world.owner, by=world.staff)
