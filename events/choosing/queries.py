"""Answer questions about whom to invite: how often they were asked and came, and how often they wish to be asked."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from events.choosing.calculations import LimitStanding, months_before
from events.choosing.models import InvitationLimit, SavedList, SavedListPerson
from events.day.models import Attendance
from events.inviting.models import Invitation
from events.inviting.queries import people_to_invite
from events.planning.models import Event
from people.models import AccessNeed, Person
from programmes.models import Pause, Programme, Term
from wellbeing.lib.types import PersonId, ProgrammeId

# How many events somebody may have come to are offered to choose from.
PAST_EVENTS = 50


def people_to_choose(event: Event) -> QuerySet[Any]:
    """Return people who can be chosen for `event`, each with `invited`, and `asked` and `came` of the last year.

    The organiser is none of them, unless it is an event of a group of which they are a member.
    """
    people = people_to_invite(event)
    member = Term.objects.effective_on(event.day).filter(person=event.organiser_id, group=event.group_id)
    if event.group_id is None or not member.exists():
        people = people.exclude(pk=event.organiser_id)
    since = a_year_before(timezone.now())
    asked = Invitation.objects.filter(
        person=OuterRef("pk"), event__programme=event.programme_id, invited_at__gte=since
    ).exclude(event__status=Event.Status.CANCELLED)
    came = Attendance.objects.filter(
        person=OuterRef("pk"), event__programme=event.programme_id, event__starts_at__gte=since, came=True
    )
    return people.annotate(asked=number_of(asked), came=number_of(came))


def a_year_before(now: dt.datetime) -> dt.datetime:
    """Return the moment twelve months before `now`."""
    local = timezone.localtime(now)
    return dt.datetime.combine(months_before(local.date(), 12), local.time(), tzinfo=local.tzinfo)


def number_of(rows: QuerySet[Any]) -> Coalesce:
    """Return an expression over Person: how many `rows` there are of them."""
    counted = rows.order_by().values("person").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def past_invitations(programme: ProgrammeId, now: dt.datetime) -> Exists:
    """Return an expression over Person: whether they were invited to an event of `programme` that has ended."""
    rows = Invitation.objects.filter(person=OuterRef("pk"), event__programme=programme, event__ends_at__lt=now)
    return Exists(rows.exclude(event__status=Event.Status.CANCELLED))


def attended(programme: ProgrammeId, since: dt.datetime | None = None) -> Exists:
    """Return an expression over Person: whether they came to an event of `programme`, since then or ever."""
    rows = Attendance.objects.filter(person=OuterRef("pk"), event__programme=programme, came=True)
    return Exists(rows.filter(event__starts_at__gte=since) if since else rows)


def events_somebody_came_to(programme: ProgrammeId) -> QuerySet[Event]:
    """Return the latest events of `programme` to which somebody is recorded to have come."""
    came = Attendance.objects.filter(event=OuterRef("pk"), came=True)
    return Event.objects.filter(Exists(came), programme=programme).order_by("-starts_at", "-pk")[:PAST_EVENTS]


def limit_standings(people: Collection[PersonId] | None = None) -> dict[PersonId, LimitStanding]:
    """Return how each wish of `people` (None: of everybody) how often to be asked stands today. Two queries.

    Invitations of every programme count, as it is one person whom all of them ask.
    """
    limits = InvitationLimit.objects.all()
    if people is not None:
        limits = limits.filter(person__in=people)
    wishes = {row.person_id: row for row in limits.order_by()}
    if not wishes:
        return {}
    today = timezone.localdate()
    longest = months_before(today, max(row.months for row in wishes.values()))
    asked: dict[PersonId, list[dt.date]] = {}
    rows = Invitation.objects.filter(person__in=wishes, invited_at__date__gt=longest)
    for person, at in rows.exclude(event__status=Event.Status.CANCELLED).values_list("person", "invited_at"):
        asked.setdefault(person, []).append(timezone.localdate(at))
    return {
        person: LimitStanding(
            row.number, row.months, sum(on > months_before(today, row.months) for on in asked.get(person, ()))
        )
        for person, row in wishes.items()
    }


def who_would_pass() -> list[PersonId]:
    """Return the people whom one invitation more would take past their wish."""
    return [person for person, standing in limit_standings().items() if standing.would_pass]


def away_from(event: Event, people: Collection[PersonId] | None = None) -> dict[PersonId, Pause]:
    """Return the breaks of `people` (None: of everybody) who are away from its programme today or on its first day."""
    today = timezone.localdate()
    breaks = Pause.objects.holding_on(today) | Pause.objects.holding_on(event.day)
    rows = breaks.filter(programme=event.programme_id).order_by("-starts_on")
    if people is not None:
        rows = rows.filter(person__in=people)
    return {row.person_id: row for row in rows}


def left_out(event: Event) -> list[PersonId]:
    """Return the people who are left out unless staff ask for them: away, or asked as often as they wish."""
    return [*{*who_would_pass(), *away_from(event)}]


def lists_of(programme: Programme | ProgrammeId) -> QuerySet[Any]:
    """Return the saved lists of `programme`, by name, each with the `number` of people saved on it."""
    return SavedList.objects.filter(programme=programme).annotate(number=Count("entries")).select_related("made_by")


def on_list(saved_list: int) -> Exists:
    """Return an expression over Person: whether they are on the saved list with this id."""
    return Exists(SavedListPerson.objects.filter(saved_list=saved_list, person=OuterRef("pk")))


def limit_of(person: Person) -> InvitationLimit | None:
    """Return the wish of `person` how often to be invited, or None."""
    return InvitationLimit.objects.filter(person=person).select_related("set_by").first()


def in_place(place: str) -> Q:
    """Return a Q over Person: their postal address has a word, or a postcode, that begins so."""
    words = place.split()
    found = Q()
    for word in words:
        found &= Q(postal_address__iregex=rf"\m{_escaped(word)}")
    return found


def _escaped(word: str) -> str:
    """Return `word` so that Postgres takes each of its letters as it stands."""
    return "".join(letter if letter.isalnum() else f"\\{letter}" for letter in word)


def needs_of_those_to_choose(event: Event) -> QuerySet[AccessNeed, int]:
    """Return the keys of the people who can be chosen for `event` and have needs on record: for who looked."""
    people = people_to_invite(event).order_by().values("pk")
    return AccessNeed.objects.filter(person__in=people).order_by().values_list("person_id", flat=True)
