"""Answer questions about sessions: the programme of an event's days, and who runs them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from events.planning.calculations import EventDay
from events.planning.models import Event
from events.planning.queries import people_of_programme
from events.sessions.models import EventSession, SessionFacilitator, Technique
from people.models import Person
from programmes.models import Membership, Role
from wellbeing.lib.keys import one_of
from wellbeing.lib.types import PersonId


@dataclass(frozen=True)
class DayProgramme:
    """One day of an event with its sessions in order."""

    day: EventDay
    sessions: list[EventSession] = field(default_factory=list)


def sessions_of(event: Event) -> QuerySet[EventSession]:
    """Return the sessions of an event in order, with their techniques and who runs them. Two queries."""
    return (
        EventSession.objects.filter(event=event)
        .select_related("technique")
        .prefetch_related("facilitators__person")
        .order_by("day", "starts", "ends", "pk")
    )


def what_happens_when(event: Event) -> list[DayProgramme]:
    """Return the days of an event with their sessions; [] for one day without any. Two queries."""
    programmes = [DayProgramme(day) for day in event.days]
    for session in sessions_of(event):
        session.event = event
        if session.day <= len(programmes):
            programmes[session.day - 1].sessions.append(session)
    if len(programmes) == 1 and not programmes[0].sessions:
        return []
    return programmes


def running_sessions(event: Event) -> set[PersonId]:
    """Return the ids of people who run a session of an event, or stand beside who does."""
    return set(SessionFacilitator.objects.filter(session__event=event).values_list("person_id", flat=True))


def who_may_run(event: Event, already: Iterable[PersonId] = ()) -> QuerySet[Person]:
    """Return people who may run a session, by name: invited people of the programme, its staff, and `already`."""
    staff = Membership.objects.effective_on(event.day).filter(programme=event.programme_id, role=Role.STAFF)
    near = one_of(staff.values("person"), event.invitations.values("person"))
    mine = people_of_programme(event.programme_id, event.day).filter(near)
    before = Person.objects.filter(pk__in=already)
    return Person.objects.filter(one_of(mine.values("pk"), before.values("pk"))).order_by("sort_key", "pk")


def techniques_for(event: Event) -> QuerySet[Technique]:
    """Return the techniques that a session of an event may use: everybody's, and those of its programme."""
    return Technique.objects.filter(Q(programme=None) | Q(programme=event.programme_id)).order_by("name", "pk")
