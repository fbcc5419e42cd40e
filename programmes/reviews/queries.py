"""Answer questions about reviews: who is asked on a day, in which group, and how many have answered."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet

from people.directory.models import Person
from programmes.programme import queries as programme_queries
from programmes.programme.models.groups import Group, Term
from programmes.programme.models.programmes import Membership, Programme, Role
from programmes.reviews.models import ReviewAction, ReviewAsked, ReviewRound, ReviewStatement, Side, in_order
from wellbeing.lib.types import PersonId, ProgrammeId, User

# Finance is paid to run the programme, as its staff are.
STAFF_ROLES = (Role.STAFF, Role.FINANCE)
_SIDES_OF_SEATS: dict[str, Side] = {
    Term.Seat.LIVED_EXPERIENCE: Side.LIVED_EXPERIENCE,
    Term.Seat.STAFF: Side.STAFF,
}


def people_to_ask(review: ReviewRound, on: dt.date) -> dict[PersonId, Side]:
    """Return whom `review` asks on the day `on`, each with the group their answers count in.

    Somebody who is paid to run the programme answers as staff, whatever else they are: the two groups are compared
    because one has the say over the other. A member of the steering group with no such role answers by their seat.
    """
    held: dict[PersonId, set[str]] = {}
    rows = Membership.objects.effective_on(on).filter(programme=review.programme_id).order_by()
    for person, role in rows.values_list("person", "role"):
        held.setdefault(person, set()).add(role)
    asked: dict[PersonId, Side] = {}
    if review.asks_steering:
        terms = Term.objects.effective_on(on).filter(
            group__programme=review.programme_id, group__kind=Group.Kind.STEERING
        )
        for person, seat in terms.order_by().values_list("person", "seat"):
            asked[person] = _SIDES_OF_SEATS.get(seat, Side.OTHERS)
    for person, roles in held.items():
        if roles & set(STAFF_ROLES):
            if review.asks_staff or person in asked:
                asked[person] = Side.STAFF
        elif Role.LIVED_EXPERIENCE in roles and (review.asks_lived_experience or person in asked):
            asked[person] = Side.LIVED_EXPERIENCE
    return asked


def people_not_asked(review: ReviewRound, on: dt.date) -> dict[PersonId, Side]:
    """Return whom `review` would ask on the day `on` and has not asked, such as people who joined since."""
    there = set(review.asked.values_list("person", flat=True))
    return {person: side for person, side in people_to_ask(review, on).items() if person not in there}


def asked_in(review: ReviewRound) -> QuerySet[ReviewAsked]:
    """Return everybody asked in `review`, by name."""
    return review.asked.select_related("person", "taken_by").order_by("person__sort_key", "pk")


def reviews_of(programme: Programme, user: User) -> QuerySet[Any]:
    """Return the rounds of `programme` that `user` may see, newest first, each with `asked_count`, `answered_count`."""
    rows = ReviewRound.objects.visible_to(user).filter(programme=programme)
    return rows.annotate(
        asked_count=Count("asked"), answered_count=Count("asked", filter=Q(asked__answered_on__isnull=False))
    ).order_by("-opens_on", "-pk")


def answered_by_side(reviews: Iterable[ReviewRound]) -> dict[tuple[int, str], tuple[int, int]]:
    """Return {(round, group): (asked, answered)} for `reviews`. One query."""
    rows = (
        ReviewAsked.objects.filter(round__in=[review.pk for review in reviews])
        .order_by()
        .values("round", "side")
        .annotate(asked_count=Count("pk"), answered_count=Count("answered_on"))
    )
    return {(row["round"], row["side"]): (row["asked_count"], row["answered_count"]) for row in rows}


def to_answer(user: User, on: dt.date) -> QuerySet[ReviewAsked]:
    """Return what `user` is asked and has not answered, in rounds that still take answers on the day `on`."""
    rows = ReviewAsked.objects.silent().filter(person__user=user, round__closes_on__gte=on)
    return rows.select_related("round__programme").order_by("round__closes_on", "pk")


def to_open(programmes: Iterable[ProgrammeId], on: dt.date) -> QuerySet[ReviewRound]:
    """Return the planned rounds of `programmes` whose first day has come."""
    return ReviewRound.objects.filter(
        programme__in=list(programmes), status=ReviewRound.Status.PLANNED, opens_on__lte=on
    ).select_related("programme")


def to_close(programmes: Iterable[ProgrammeId], on: dt.date) -> QuerySet[ReviewRound]:
    """Return the open rounds of `programmes` whose last day has gone."""
    rows = ReviewRound.objects.past_their_day(on).filter(programme__in=list(programmes))
    return rows.select_related("programme")


def rounds_up_to(review: ReviewRound) -> list[ReviewRound]:
    """Return the rounds of the programme that are over, up to `review` and with it, the oldest first."""
    before = Q(closed_on__lt=review.closed_on) | Q(closed_on=review.closed_on, pk__lte=review.pk)
    over = [ReviewRound.Status.CLOSED, ReviewRound.Status.PUBLISHED]
    rows = ReviewRound.objects.filter(before, programme=review.programme_id, status__in=over)
    return list(rows.select_related("rule").order_by("closed_on", "pk"))


def statements_of(review: ReviewRound) -> list[ReviewStatement]:
    """Return the statements `review` asks, in order; before it is opened, those in force on its first day."""
    if review.status == ReviewRound.Status.PLANNED:
        return ReviewStatement.objects.in_force_on(review.programme, review.opens_on)
    return in_order(list(ReviewStatement.objects.filter(tallies__round=review).distinct()))


def actions_of(review: ReviewRound) -> QuerySet[ReviewAction]:
    """Return the actions that `review` led to."""
    return review.actions.select_related("point__owner", "statement")


def steering_group(programme: Programme) -> Group | None:
    """Return the steering group of `programme`, the first where there are several; None where there is none."""
    return programme.groups.filter(kind=Group.Kind.STEERING).order_by("pk").first()


def people_of(programme: Programme, on: dt.date) -> QuerySet[Person]:
    """Return everybody who has a role in `programme` on the day `on`, by name: who may be given an action."""
    return Person.objects.filter(programme_queries.holding(programme, on=on)).order_by("sort_key", "pk")
