"""Answer questions about access at events: what is needed, what is arranged, and how far needs were met."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from events.access.calculations import joined, needs_in, of_supporter
from events.access.models import Arrangement, EventNeed, NeedsTold
from events.inviting.models import FOR_WHO_COMES_TOO, Invitation
from events.planning.models import Event
from events.planning.queries import _managed_events
from people.directory.models import Person
from people.needs.models import AccessNeed, Whose, words_of
from programmes.models import Membership, Programme, Role
from wellbeing.lib.keys import one_of
from wellbeing.lib.types import PersonId, User

# The replies of people for whom something is arranged.
COMES = (Invitation.Reply.COMING, Invitation.Reply.NOT_SURE)
# Whose need it is (the person, and they themselves or their supporter), and its kind.
NeedKey = tuple[PersonId, str, str]
# Room for the words of one need.
MOST_WORDS = 6000
YEAR = dt.timedelta(days=365)


@dataclass(frozen=True)
class Readiness:
    """How far an event is from being ready: numbers of arrangements. `first_due` is the day the first must be done."""

    arrangements: int
    without_owner: int
    to_do: int
    late: int
    changed: int
    first_due: dt.date | None = None

    @property
    def is_ready(self) -> bool:
        return not (self.without_owner or self.to_do or self.changed)


def wanted_at(event: Event, people: Collection[PersonId] | None = None) -> dict[NeedKey, str]:
    """Return what those of `people` (None: all) need who come to `event` or may come, and those they bring: by key.

    The recorded needs of each come first, then those they said on their reply. Two queries.
    """
    if event.status == Event.Status.CANCELLED:
        return {}
    invited = event.invitations.filter(reply__in=COMES)
    if people is not None:
        invited = invited.filter(person__in=people)
    said = dict(invited.values_list("person_id", "access_needs"))
    parts: dict[NeedKey, list[str]] = defaultdict(list)
    for need in AccessNeed.objects.filter(person__in=said).select_related("person").order_by("pk"):
        parts[need.person_id, need.whose, need.kind].append(words_of(need.kind, need.detail, need.size))
    kinds = {str(label): kind for kind, label in AccessNeed.Kind.choices}
    for person_id, text in said.items():
        own, theirs = of_supporter(text, str(FOR_WHO_COMES_TOO))
        # A supporter who brings a supporter is none of the kinds: it stays in their words.
        others = {label: kind for label, kind in kinds.items() if kind != AccessNeed.Kind.SUPPORTER}
        for whose, needs, known in ((Whose.PERSON, own, kinds), (Whose.SUPPORTER, theirs, others)):
            for kind, words in needs_in(needs, known, AccessNeed.Kind.OTHER).items():
                parts[person_id, str(whose), kind].append(words)
    return {key: joined(words, MOST_WORDS) for key, words in parts.items()}


def possible_owners(event: Event, on: dt.date) -> QuerySet[Person]:
    """Return who can see to an arrangement: the programme's staff on the day `on`, and those who help to run it."""
    staff = Membership.objects.effective_on(on).filter(programme=event.programme_id, role=Role.STAFF)
    helping = Invitation.objects.filter(event=event, facilitates=True).exclude(reply=Invitation.Reply.NOT_COMING)
    people = Person.objects.filter(one_of(staff.values("person"), helping.values("person")))
    return people.order_by("sort_key", "pk")


def helps_to_run(user: User, event: Event) -> bool:
    """Return whether `user` helps to run the event, and has not said that they cannot come."""
    helping = event.invitations.filter(person__user=user, facilitates=True)
    return helping.exclude(reply=Invitation.Reply.NOT_COMING).exists()


def arrangements_of(event: Event) -> QuerySet[Any]:
    """Return the arrangements of the event with their owners and the needs they serve, each with `people`: how many."""
    needs = EventNeed.objects.filter(arrangement=OuterRef("pk"))
    return (
        Arrangement.objects.filter(event=event)
        .select_related("owner", "event")
        .prefetch_related("needs__person")
        .annotate(
            people=Count("needs", filter=Q(needs__gone_at=None)),
            has_changed=Exists(needs.exclude(change="")) | ~Q(change=""),
        )
    )


def readiness_of(event: Event, on: dt.date) -> Readiness:
    """Return how far `event` is from being ready on the day `on`. One query."""
    return _readiness(Arrangement.objects.filter(event=event), on)


def _readiness(rows: QuerySet[Arrangement], on: dt.date) -> Readiness:
    changed = EventNeed.objects.filter(arrangement=OuterRef("pk")).exclude(change="")
    live = ~Q(status=Arrangement.Status.DROPPED)
    to_do = Q(status=Arrangement.Status.TO_DO)
    counted = rows.annotate(behind=Exists(changed)).aggregate(
        arrangements=Count("pk", filter=live),
        without_owner=Count("pk", filter=live & Q(owner=None)),
        to_do=Count("pk", filter=to_do),
        late=Count("pk", filter=to_do & Q(due_on__lt=on)),
        changed=Count("pk", filter=Q(behind=True) | ~Q(change="")),
        first_due=Min("due_on", filter=to_do),
    )
    return Readiness(**counted)


def responsible_for(events: Iterable[Event], on: dt.date) -> dict[int, set[PersonId]]:
    """Return by event who in staff sees that it is ready: its organiser; all staff where that is nobody of them."""
    rows = list(events)
    staff: dict[int, set[PersonId]] = defaultdict(set)
    held = Membership.objects.effective_on(on).filter(
        programme__in={event.programme_id for event in rows}, role=Role.STAFF
    )
    for programme_id, person_id in held.values_list("programme_id", "person_id"):
        staff[programme_id].add(person_id)
    return {
        event.pk: {event.organiser_id} if event.organiser_id in staff[event.programme_id] else staff[event.programme_id]
        for event in rows
    }


def not_ready(user: User, now: dt.datetime) -> QuerySet[Any]:
    """Return events to come of programmes where `user` is staff that are not ready, or have bookings to be cancelled.

    Each has `without_owner`: how many arrangements nobody sees to, `first_due`: the day of the first of them, and
    `changed`: whether something changed that nobody has looked at. Cancelled events only have the last.
    """
    live = ~Q(arrangements__status=Arrangement.Status.DROPPED)
    nobody = live & Q(arrangements__owner=None)
    changed = Arrangement.objects.filter(event=OuterRef("pk")).to_look_at()
    return (
        _managed_events(user)
        .filter(status__in=[Event.Status.PLANNED, Event.Status.CANCELLED], starts_at__gt=now)
        .annotate(
            without_owner=Count("arrangements", filter=nobody),
            first_due=Min("arrangements__due_on", filter=nobody),
            changed=Exists(changed),
        )
        .filter(Q(without_owner__gt=0) | Q(changed=True))
        .order_by("starts_at")
    )


def arrangements_to_do(user: User, now: dt.datetime) -> QuerySet[Arrangement]:
    """Return arrangements that `user` sees to and that are still to be done, of events to come, first due first."""
    rows = Arrangement.objects.filter(owner__user=user, status=Arrangement.Status.TO_DO)
    rows = rows.filter(event__status=Event.Status.PLANNED, event__starts_at__gt=now)
    return rows.select_related("event").order_by("due_on", "pk")


def events_to_record(user: User) -> QuerySet[Any]:
    """Return events that are over, of programmes where `user` is staff, with needs nobody has recorded how far met.

    Each has `unrecorded`: how many.
    """
    needs = EventNeed.objects.counted().filter(result="").values("pk")
    return (
        _managed_events(user)
        .filter(status=Event.Status.HELD)
        .annotate(unrecorded=Count("needs", filter=Q(needs__in=needs)))
        .filter(unrecorded__gt=0)
        .order_by("starts_at")
    )


def needs_to_record(event: Event) -> list[EventNeed]:
    """Return the needs that count at the event, by person, with what is recorded."""
    rows = EventNeed.objects.counted().filter(event=event).select_related("person", "arrangement")
    return list(rows.order_by("person__sort_key", "person", "whose", "kind"))


def disputed_for(user: User) -> QuerySet[Any]:
    """Return events of programmes where `user` is staff with needs of which a person says that it is not so.

    Each has `disputed`: how many.
    """
    needs = EventNeed.objects.disputed().values("pk")
    return (
        _managed_events(user)
        .annotate(disputed=Count("needs", filter=Q(needs__in=needs)))
        .filter(disputed__gt=0)
        .order_by("starts_at")
    )


def to_answer(person: Person) -> QuerySet[NeedsTold]:
    """Return what `person` was told of their needs and has not said anything to, the latest event first."""
    silent = EventNeed.objects.counted().filter(event=OuterRef("event"), person=OuterRef("person"), reply="")
    rows = NeedsTold.objects.filter(Exists(silent.exclude(result="")), person=person, times__gt=0)
    return rows.select_related("event").order_by("-event__starts_at")


def told_to(user: User, event: Event) -> bool:
    """Return whether `user` was told how far their needs at the event were met."""
    return NeedsTold.objects.filter(event=event, person__user=user, times__gt=0).exists()


def recorded_in_a_year(programme: Programme, on: dt.date) -> QuerySet[EventNeed]:
    """Return the needs recorded as met or not at events of `programme` in the year that ends on the day `on`."""
    rows = EventNeed.objects.counted().exclude(result="")
    return rows.filter(event__programme=programme, event__starts_at__date__lte=on, event__starts_at__date__gt=on - YEAR)


@dataclass(frozen=True)
class Counted:
    """How many needs there are, and of how many people."""

    needs: int = 0
    people: int = 0


def results_in_a_year(programme: Programme, on: dt.date) -> tuple[dict[str, Counted], Counted, Counted]:
    """Return those needs by result, all of them, and those of which their person says that it was not so.

    Three queries.
    """
    rows = recorded_in_a_year(programme, on).order_by()
    numbers = {"needs": Count("pk"), "people": Count("person", distinct=True)}
    grouped = rows.values_list("result").annotate(**numbers)
    found = {result: Counted(needs, people) for result, needs, people in grouped}
    by_result = {result: found.get(result, Counted()) for result in EventNeed.Result.values}
    not_so = rows.filter(reply=EventNeed.Reply.NOT_SO).aggregate(**numbers)
    return by_result, Counted(**rows.aggregate(**numbers)), Counted(**not_so)


def people_with_needs(event: Event) -> QuerySet[EventNeed, int]:
    """Return the keys of the people of whom `event` holds a need, for the record of who looked: a part of its query."""
    return EventNeed.objects.filter(event=event).order_by().values_list("person_id", flat=True)
