"""Answer questions about the day of an event: who may have come, and the recorded attendance."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    DecimalField,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Extract, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.day.door import There, there, there_by_day
from events.day.models import Attendance
from events.inviting.models import Invitation
from events.planning.models import Event
from events.planning.queries import _managed_events, groups_of, people_of_programme
from people.directory.queries import tell_apart
from people.models import AccessNeed, Person
from programmes.models import Group, Membership, Programme, Role, Term
from wellbeing.lib.keys import one_of
from wellbeing.lib.tables import found_in
from wellbeing.lib.types import PersonId, User

# People that a search beside a list shows.
MOST_FOUND = 20
NONE = Decimal(0)


class Part(TextChoices):
    """The part in which somebody came: the first of these that they had in the programme on the day."""

    LIVED_EXPERIENCE = "lived_experience", _("Lived experience")
    PARTNER = "partner", _("Partners")
    STAFF = "staff", _("Staff")
    OTHER = "other", _("Others")


@dataclass(frozen=True)
class AttendanceRow:
    """A person on the attendance page. `reply` is "" for none; `came` is None when nothing is recorded.

    `hours` are those of somebody who was not there from the start to the end. `there` is what was noted at the door.
    """

    person: Person
    invited: bool
    reply: str
    came: bool | None
    hours: Decimal | None
    there: There
    # Of an event over several days: the hours of each, by its number; 0 where they were not there.
    days: Mapping[int, Decimal | None] = field(default_factory=dict)


def people_who_may_have_come(event: Event) -> QuerySet[Person]:
    """Return people of the programme on the day of the event or today: some join only after they came."""
    return people_of_programme(event.programme_id, event.day, timezone.localdate())


def found_beside(event: Event, words: str, listed: Iterable[PersonId]) -> tuple[list[Person], bool]:
    """Return people who may have come, with these words in their name, who are not `listed`: MOST_FOUND + 1 at most.

    Return also whether their names only come near.
    """
    if not words:
        return [], False
    people, found_nearly = found_in(people_who_may_have_come(event).exclude(pk__in=listed), words, ["search_key"])
    return tell_apart(people.order_by("sort_key", "pk")[: MOST_FOUND + 1]), found_nearly


def attendance_rows(event: Event, extra_ids: Iterable[PersonId] = ()) -> list[AttendanceRow]:
    """Return everyone for the attendance page, by name: people invited, noted or recorded, and those of `extra_ids`.

    Before anything is recorded, the hours are those noted at the door.
    """
    invited = dict(event.invitations.values_list("person_id", "reply"))
    recorded = {row.person_id: row for row in Attendance.objects.filter(event=event).prefetch_related("days_there")}
    noted = there(event)
    by_day = there_by_day(event) if event.has_several_days else {}
    rows = []
    people = Person.objects.filter(pk__in={*invited, *recorded, *noted, *extra_ids}).order_by("sort_key", "pk")
    for person in tell_apart(people):
        row = recorded.get(person.pk)
        stands = noted.get(person.pk, There())
        came, hours = (row.came, row.hours) if row else (None, stands.hours(event))
        days = _days_of(event, row, {number: notes.get(person.pk) for number, notes in by_day.items()})
        rows.append(AttendanceRow(person, person.pk in invited, invited.get(person.pk, ""), came, hours, stands, days))
    return rows


def _days_of(event: Event, row: Attendance | None, noted: Mapping[int, There | None]) -> dict[int, Decimal | None]:
    """Return the hours of somebody on each day of an event over several, by its number: None for all of the day.

    Those recorded; before that, those noted at the door, and 0 for a day on which others were noted, and they not.
    """
    if not event.has_several_days:
        return {}
    if row is not None and row.came:
        hours = {each.day: each.hours for each in row.days_there.all()}
        whole = whole_days(event)
        if not hours:
            return dict.fromkeys(whole)
        return {number: None if hours.get(number) == whole[number] else hours.get(number, NONE) for number in whole}
    was_noted = any(noted.values())
    days: dict[int, Decimal | None] = {}
    for day in event.days:
        stood = noted.get(day.number)
        days[day.number] = stood.hours(day) if stood else NONE if was_noted and day.number in noted else None
    return days


def whole_days(event: Event) -> dict[int, Decimal]:
    """Return the hours of each day of an event from its start to its end, by its number, to the hundredth."""
    return {
        day.number: (Decimal((day.ends_at - day.starts_at).total_seconds()) / 3600).quantize(
            Decimal("0.01"), rounding=ROUND_HALF_UP
        )
        for day in event.days
    }


def attendance_of(event: Event) -> QuerySet[Any]:
    """Return what was recorded of each person, with their `reply` ("" for none), `was_invited` and their `part`."""
    invitation = Invitation.objects.filter(event=event, person=OuterRef("person"))
    return _with_parts(Attendance.objects.filter(event=event)).annotate(
        reply=Coalesce(Subquery(invitation.values("reply")), Value("")), was_invited=Exists(invitation)
    )


def came_by_part(event: Event) -> list[tuple[Part, int]]:
    """Count who came in each part: [(part, number), …], parts nobody came in left out. One query."""
    came = _with_parts(Attendance.objects.filter(event=event, came=True)).order_by()
    numbers = dict(came.values_list("part").annotate(number=Count("pk")))
    return [(part, numbers[part]) for part in Part if part in numbers]


def events_with_attendance(programme: Programme) -> QuerySet[Any]:
    """Return events of the programme whose attendance is recorded, latest first.

    Each has `asked` (how many were invited), `coming` (how many of them said that they would come), `came`,
    `did_not_come` (recorded as not there), `in_part` (were there for part of it, or longer) and `hours` (of those who
    came, together; whole events count with their length).
    """
    length = Extract(F("event__ends_at") - F("event__starts_at"), "epoch") / 3600
    there = Coalesce(F("hours"), length, output_field=DecimalField(max_digits=7, decimal_places=2))
    recorded = Attendance.objects.filter(event=OuterRef("pk")).order_by().values("event")
    came = recorded.filter(came=True)
    asked = Invitation.objects.filter(event=OuterRef("pk")).order_by().values("event")
    return (
        Event.objects.filter(programme=programme, status=Event.Status.HELD)
        .select_related("group")
        .annotate(
            asked=_how_many(asked),
            coming=_how_many(asked.filter(reply=Invitation.Reply.COMING)),
            came=_how_many(came),
            did_not_come=_how_many(recorded.filter(came=False)),
            in_part=_how_many(came.exclude(hours=None)),
            hours=Subquery(came.annotate(n=Sum(there)).values("n")),
        )
        .order_by("-starts_at", "-pk")
    )


def _how_many(rows: QuerySet[Any, Any]) -> Coalesce:
    """Return an expression: how many `rows` there are, which are grouped by event."""
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)


@dataclass(frozen=True)
class InPart:
    """How many people came in one part, and their hours together."""

    number: int = 0
    hours: Decimal = Decimal(0)


def parts_of(events: QuerySet[Event]) -> dict[tuple[int, str], InPart]:
    """Count who came to each of `events` in each part, by (key of the event, Part). One query."""
    came = _with_parts(Attendance.objects.filter(came=True, event__in=events.order_by().values("pk"))).order_by()
    length = Extract(F("event__ends_at") - F("event__starts_at"), "epoch") / 3600
    there = Coalesce(F("hours"), length, output_field=DecimalField(max_digits=7, decimal_places=2))
    rows = came.values("event", "part").annotate(n=Count("pk"), sum=Sum(there))
    return {
        (event, part): InPart(number, hours)
        for event, part, number, hours in rows.values_list("event", "part", "n", "sum")
    }


def _with_parts(rows: QuerySet[Attendance]) -> QuerySet[Any]:
    """Return attendance with the `part` of each: the first of `Part` that they had on the day of the event."""
    mine = {"person": OuterRef("person"), "starts_on__lte": OuterRef("event_day")}
    lasting = Q(ends_on=None) | Q(ends_on__gte=OuterRef("event_day"))
    roles = Membership.objects.filter(lasting, programme=OuterRef("event__programme"), **mine)
    seats = Term.objects.filter(lasting, group__programme=OuterRef("event__programme"), **mine)
    return rows.annotate(
        event_day=TruncDate("event__starts_at"),
        part=Case(
            When(Exists(roles.filter(role=Role.LIVED_EXPERIENCE)), then=Value(Part.LIVED_EXPERIENCE)),
            When(Exists(seats.filter(seat=Term.Seat.LIVED_EXPERIENCE)), then=Value(Part.LIVED_EXPERIENCE)),
            When(Exists(seats.filter(seat=Term.Seat.PARTNER)), then=Value(Part.PARTNER)),
            When(Exists(roles.filter(role__in=[Role.STAFF, Role.FINANCE])), then=Value(Part.STAFF)),
            When(Exists(seats.filter(seat=Term.Seat.STAFF)), then=Value(Part.STAFF)),
            default=Value(Part.OTHER),
            output_field=CharField(),
        ),
    )


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


@dataclass(frozen=True)
class Expected:
    """Somebody on the page of the door: how they stand, their reply ("" for none), how they come, and if supported."""

    person: Person
    there: There
    reply: str
    invited: bool
    how: str
    needs_supporter: bool


def expected_at_door(event: Event, noted: Mapping[PersonId, There]) -> list[Expected]:
    """Return everyone who may come through the door, by name: people invited who did not say no, and people `noted`.

    Four queries.
    """
    may_come = event.invitations.exclude(reply=Invitation.Reply.NOT_COMING).values("person")
    people = Person.objects.filter(one_of(may_come, Person.objects.filter(pk__in=noted).values("pk")))
    return at_door(event, people.order_by("sort_key", "pk"), noted)


def at_door(event: Event, people: Iterable[Person], noted: Mapping[PersonId, There]) -> list[Expected]:
    """Return how each of `people` stands at the door, where `noted` says who is there. Three queries."""
    people = tell_apart(people)
    invitations = {row.person_id: row for row in event.invitations.filter(person__in=people).select_related("event")}
    supported = set(
        AccessNeed.objects.filter(kind=AccessNeed.Kind.SUPPORTER, person__in=people).values_list("person_id", flat=True)
    )
    return [
        Expected(
            person=person,
            there=noted.get(person.pk, There()),
            reply=invitations[person.pk].reply if person.pk in invitations else "",
            invited=person.pk in invitations,
            how=invitations[person.pk].how_they_come if person.pk in invitations else "",
            needs_supporter=person.pk in supported,
        )
        for person in people
    ]


def last_recorded_at(event: Event) -> dt.datetime | None:
    """Return when the attendance of the event was last recorded or corrected; None before."""
    return Attendance.objects.filter(event=event).aggregate(last=Max("recorded_at"))["last"]


def last_note_of(event: Event) -> int:
    """Return the key of the newest note at the door of the event; 0 for none."""
    return event.door_notes.aggregate(last=Max("pk"))["last"] or 0


def noted_and_not_recorded(event: Event) -> list[Person]:
    """Return people who were noted at the door, and are not recorded as having come, by name. Two queries."""
    came = Attendance.objects.filter(event=event, came=True).values("person")
    people = Person.objects.filter(pk__in=there(event)).exclude(pk__in=came)
    return tell_apart(people.order_by("sort_key", "pk"))


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
