"""Answer questions about places: how many are free, who waits, who has an offer."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db.models import Case, Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Value, When, Window
from django.db.models.functions import Coalesce
from django.utils import timezone

from events.inviting.models import Invitation
from events.places.calculations import HoldTimes, PlaceCount
from events.places.models import ON_THE_LIST, OfferRules, Places, WaitingPlace, WaitingPlaceQuerySet, WaitingStatus
from events.planning.models import Event
from events.planning.queries import paid_people
from people.messages.models import Message
from people.messages.queries import not_reached
from programmes.models import Role, programmes_where
from wellbeing.lib.types import PersonId, User


def places_of(event: Event) -> Places | None:
    """Return the places of `event`, or None where nobody has set a number."""
    return Places.objects.filter(event=event).first()


def with_lived_experience(event: Event, people: Collection[PersonId]) -> set[PersonId]:
    """Return those of `people` who have lived experience in the programme on the day of the event."""
    return paid_people(event, people) if people else set()


def count_of(event: Event, places: Places | None = None) -> PlaceCount:
    """Count the places of `event` today. Four queries at most."""
    places = places or places_of(event)
    if places is None or places.number is None:
        return PlaceCount(None)
    taken = list(event.invitations.with_a_place().order_by().values_list("person", flat=True))
    held = list(
        WaitingPlace.objects.filter(invitation__event=event, status=WaitingStatus.OFFERED, beyond=False)
        .order_by()
        .values_list("invitation__person", flat=True)
    )
    lived = with_lived_experience(event, [*taken, *held])
    return PlaceCount(
        number=places.number,
        kept=places.kept_on(timezone.localdate()),
        taken=len(taken),
        taken_by_others=sum(person not in lived for person in taken),
        held=len(held),
        held_for_others=sum(person not in lived for person in held),
    )


def with_places(events: QuerySet[Any]) -> QuerySet[Any]:
    """Return events, each with its number of places as `room` (None: no limit) and how many of them are `taken`."""
    taken = Invitation.objects.with_a_place().filter(event=OuterRef("pk")).order_by().values("event")
    return events.annotate(
        room=F("places__number"),
        taken=Coalesce(Subquery(taken.annotate(number=Count("pk")).values("number")), 0),
    )


def given_within(event: Event) -> int:
    """Count the people who have a place at `event` or are offered one, but for those given one beyond the number."""
    beyond = WaitingPlace.objects.filter(
        invitation=OuterRef("pk"), beyond=True, status__in=[WaitingStatus.OFFERED, WaitingStatus.TAKEN]
    )
    offered = WaitingPlace.objects.filter(invitation__event=event, status=WaitingStatus.OFFERED, beyond=False)
    return event.invitations.with_a_place().exclude(Exists(beyond)).count() + offered.count()


def line_of(event: Event) -> WaitingPlaceQuerySet:
    """Return those who wait for a place at `event` or are offered one, the first of them first, with their person."""
    return (
        WaitingPlace.objects.on_the_list()
        .filter(invitation__event=event, invitation__reply=Invitation.Reply.WAITING)
        .select_related("invitation__person")
        .order_by("since", "pk")
    )


def everybody_who_waited(event: Event) -> QuerySet[Any]:
    """Return every time somebody stood on the list of `event`: who is on it first, in order, each with a `position`.

    The position counts those who wait without an offer.
    """
    on_it = Case(When(status__in=ON_THE_LIST, then=Value(0)), default=Value(1))
    waits = Q(status=WaitingStatus.WAITING)
    return (
        WaitingPlace.objects.filter(invitation__event=event)
        .select_related("invitation__person", "offered_by")
        .annotate(
            off_it=on_it,
            position=Window(Count("pk", filter=waits), order_by=[F("since").asc(), F("pk").asc()]),
        )
        .order_by("off_it", "since", "pk")
    )


def standing_of(invitation: Invitation) -> WaitingPlace | None:
    """Return the last time the invited person stood on the waiting list, or None."""
    return invitation.waiting_places.order_by("-since", "-pk").first()


def position_of(row: WaitingPlace) -> int:
    """Return how many people wait from the first on to `row`, with it: 1 for the first."""
    ahead = line_of(row.invitation.event).filter(status=WaitingStatus.WAITING)
    return sum(1 for since, pk in ahead.values_list("since", "pk") if (since, pk) <= (row.since, row.pk))


def hold_times(on: dt.date) -> HoldTimes | None:
    """Return how long offers are held by the rules of the day `on`; None where there are none."""
    rules = OfferRules.objects.in_force(on)
    if rules is None:
        return None
    return HoldTimes(rules.hours, rules.by_hand_hours, rules.near_within, rules.near_hours, rules.none_within)


def told_at(row: WaitingPlace) -> dt.datetime | None:
    """Return when the person was first told of their offer; None while the message waits, or where none will reach."""
    sent = Message.objects.filter(
        notice=row.notice_id, status__in=[Message.Status.SENT, Message.Status.DELIVERED]
    ).aggregate(first=Min("sent_at"))
    return sent["first"]


def cannot_be_told(row: WaitingPlace) -> bool:
    """Return whether the message about the offer has failed, and nobody is trying another way."""
    return WaitingPlace.objects.filter(not_reached("notice"), pk=row.pk).exists()


def events_to_keep_up() -> QuerySet[Event]:
    """Return events at which somebody waits for a place or is offered one."""
    waiting = WaitingPlace.objects.filter(invitation__event=OuterRef("pk"), status__in=ON_THE_LIST)
    return Event.objects.filter(Exists(waiting)).order_by("pk")


def offers_to(user: User) -> WaitingPlaceQuerySet:
    """Return places offered to `user` that wait for an answer."""
    rows = WaitingPlace.objects.filter(
        invitation__person__user=user, status=WaitingStatus.OFFERED, invitation__event__starts_at__gt=timezone.now()
    )
    return rows.select_related("invitation__event").order_by("until", "pk")


def offers_not_told(user: User) -> WaitingPlaceQuerySet:
    """Return offers of which a colleague has still to tell the person, at events whose programme `user` is staff of."""
    by_hand = Message.objects.by_hand().filter(notice=OuterRef("notice"))
    rows = WaitingPlace.objects.filter(
        Exists(by_hand),
        status=WaitingStatus.OFFERED,
        invitation__event__programme__in=programmes_where(user, Role.STAFF),
        invitation__event__starts_at__gt=timezone.now(),
    )
    return rows.select_related("invitation__event", "invitation__person").order_by("until", "pk")
