"""Answer questions about the day of an event: who may have come, and the recorded attendance."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import BooleanField, Exists, Max, OuterRef, QuerySet
from django.utils import timezone

from events.day.models import Attendance
from events.inviting.models import Invitation
from events.planning.models import Event
from events.planning.queries import _managed_events, groups_of, people_of_programme
from people.directory.queries import tell_apart
from people.models import Person
from programmes.models import Group, Term
from wellbeing.lib.types import PersonId, User


@dataclass(frozen=True)
class AttendanceRow:
    """A person on the attendance page. `reply` is "" for none; `came` is None when nothing is recorded.

    `hours` are those of somebody who was not there from the start to the end.
    """

    person: Person
    invited: bool
    reply: str
    came: bool | None
    hours: Decimal | None = None


def people_who_may_have_come(event: Event) -> QuerySet[Person]:
    """Return people of the programme on the day of the event or today: some join only after they came."""
    return people_of_programme(event.programme_id, event.day, timezone.localdate())


def attendance_rows(event: Event, extra_ids: Iterable[PersonId] = ()) -> list[AttendanceRow]:
    """Return everyone for the attendance page, by name: people invited, people recorded, and those of `extra_ids`."""
    invited = dict(event.invitations.values_list("person_id", "reply"))
    recorded = {row.person_id: row for row in Attendance.objects.filter(event=event)}
    rows = []
    people = Person.objects.filter(pk__in={*invited, *recorded, *extra_ids}).order_by("sort_key", "pk")
    for person in tell_apart(people):
        row = recorded.get(person.pk)
        came, hours = (row.came, row.hours) if row else (None, None)
        rows.append(AttendanceRow(person, person.pk in invited, invited.get(person.pk, ""), came, hours))
    return rows


def groups_who_may_have_come(event: Event) -> list[tuple[Group, set[PersonId]]]:
    """Return the groups of the programme with the ids of their members on the day, those without any left out.

    Two queries.
    """
    members: dict[int, set[PersonId]] = {}
    people = people_who_may_have_come(event).values("pk")
    terms = Term.objects.effective_on(event.day).filter(group__programme=event.programme_id, person__in=people)
    for group_id, person_id in terms.values_list("group_id", "person_id"):
        members.setdefault(group_id, set()).add(person_id)
    return [(group, members[group.pk]) for group in groups_of(event.programme_id) if group.pk in members]


def last_recorded_at(event: Event) -> dt.datetime | None:
    """Return when the attendance of the event was last recorded or corrected; None before."""
    return Attendance.objects.filter(event=event).aggregate(last=Max("recorded_at"))["last"]


def my_invitations(person: Person) -> QuerySet[Any]:
    """Return invitations of `person` with their events, latest first.

    Each has `recorded` and `came` (whether they came).
    """
    recorded = Attendance.objects.filter(event=OuterRef("event"), person=person)
    return (
        Invitation.objects.filter(person=person)
        .select_related("event__programme")
        .annotate(
            recorded=Exists(recorded),
            came=Exists(recorded.filter(came=True), output_field=BooleanField()),
        )
        .order_by("-event__starts_at", "-pk")
    )


def events_without_attendance(user: User, now: dt.datetime) -> QuerySet[Event]:
    """Return ended events without recorded attendance, of programmes where `user` is staff; oldest first."""
    return _managed_events(user).filter(status=Event.Status.PLANNED, ends_at__lt=now).order_by("ends_at")
