"""Answer which contributions were made at an event, as far as a reader may know it."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from events.planning.models import Event
from events.planning.rules import can_manage_event
from events.said.models import SaidAtEvent
from programmes.heard.queries import fewest_for_members
from programmes.models import Contribution, Programme
from wellbeing.lib.dates import today
from wellbeing.lib.types import User


def events_of(programme: Programme, now: dt.datetime) -> QuerySet[Event]:
    """Return the events of `programme` at which something can have been said, the latest first.

    They have begun and were not cancelled; or something is noted there already.
    """
    took_place = Q(starts_at__lte=now) & ~Q(status__in=[Event.Status.CANCELLED, Event.Status.DRAFT])
    noted = Exists(SaidAtEvent.objects.filter(event=OuterRef("pk")))
    return Event.objects.filter(took_place | Q(noted), programme=programme).order_by("-starts_at", "-pk")


def event_of(contribution: Contribution) -> Event | None:
    """Return the event at which `contribution` was said, or None."""
    row = SaidAtEvent.objects.filter(contribution=contribution).select_related("event__programme").first()
    return row.event if row else None


def said_at(event: Event, user: User) -> list[Contribution]:
    """Return what was said at `event` and is on the programme's page, as `user` may know it, with what became of it.

    Empty where so few were invited that who said it could be found by that: for everybody but the staff.
    """
    if not may_link(event, user):
        return []
    rows = Contribution.objects.visible_to(user).shown().filter(said_at_event__event=event)
    return list(rows.select_related("outcome").order_by("said_on", "pk"))


def may_link(event: Event, user: User) -> bool:
    """Return whether `user` may know that something was said at `event`, which they may see.

    Staff always; others where so many came that nobody is found by it, or were invited while nobody has recorded who
    came.
    """
    if can_manage_event(user, event):
        return True
    who = event.attendances.filter(came=True) if event.status == Event.Status.HELD else event.invitations
    return who.count() >= fewest_for_members(today())
