"""Makers of rows for tests of access at events."""

from django.utils import timezone

from events.access.actions import gathering
from events.models import Arrangement, Event, EventNeed, Invitation, NeedsTold
from people.models import AccessNeed
from tests import factories
from wellbeing.lib.dates import today


def coming(event, person=None, *needs, reply=Invitation.Reply.COMING, said="", **fields):
    """An invitation of somebody who comes to `event`, with recorded `needs`, (kind, detail); not gathered yet."""
    person = person or factories.a_person()
    AccessNeed.objects.bulk_create(
        [AccessNeed(person=person, kind=kind, detail=detail) for kind, detail in needs], ignore_conflicts=True
    )
    values = {"reply": reply, "replied_at": timezone.now(), "access_needs": said, **fields}
    return factories.an_invitation(event, person, **values)


def gathered(event):
    """Gather the needs of `event`, and return them by kind."""
    gathering.gather(event=event, by=None)
    return {need.kind: need for need in EventNeed.objects.filter(event=event).select_related("arrangement")}


def an_arrangement(event, title="Loop tested", **fields):
    """An arrangement that somebody added to `event`."""
    values = {"due_on": today(), "added_by": event.organiser, **fields}
    return Arrangement.objects.create(event=event, title=title, **values)


def a_need(event, person=None, kind="hearing_loop", result="", **fields):
    """A need at `event` with an arrangement of its own, perhaps with a `result`."""
    values = {"words": "", **fields}
    if result:
        values = {"recorded_by": event.organiser, "recorded_at": timezone.now(), "note": "So it was.", **values}
    return EventNeed.objects.create(
        event=event,
        person=person or factories.a_person(),
        kind=kind,
        arrangement=values.pop("arrangement", None) or an_arrangement(event, kind, kind=kind, added_by=None),
        result=result,
        **values,
    )


def held(event):
    """Make a past `event` one whose attendance is recorded."""
    Event.objects.filter(pk=event.pk).update(status=Event.Status.HELD)
    event.refresh_from_db()
    return event


def told(event, person, times=1):
    """That `person` was told what was recorded of their needs at `event`."""
    return NeedsTold.objects.create(event=event, person=person, times=times)


def make_access(world):
    """Give `world` arrangements of the event to come, and needs of the past one of which the owner was told."""
    world.arrangement = an_arrangement(world.coming)
    world.event_need = a_need(world.past, world.owner, result="partly")
    world.needs_told = told(world.past, world.owner)
