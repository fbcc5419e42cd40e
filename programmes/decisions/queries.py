"""Answer questions about decisions: who has spoken, who is silent, earlier wordings."""

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from programmes.decisions.models import Decision, Position
from programmes.programme.models.groups import Term
from programmes.programme.models.programmes import Programme
from wellbeing.lib.types import ProgrammeId, Text, User


def decisions_of(programme: Programme, on: dt.date) -> QuerySet[Any]:
    """Return the decisions of `programme`, each with its counts.

    `spoken`: members with a position; `silent`: members in office without one, today or on the day it closed;
    `dissent`: positions kept as dissent; `asked`: spoken and silent together.
    """
    positions = Position.objects.filter(decision=OuterRef("pk")).order_by().values("decision")
    in_office = (
        Term.objects.filter(group=OuterRef("group"), starts_on__lte=OuterRef("counted_on"))
        .filter(Q(ends_on=None) | Q(ends_on__gte=OuterRef("counted_on")))
        .exclude(Exists(Position.objects.filter(decision=OuterRef(OuterRef("pk")), person=OuterRef("person"))))
        .order_by()
        .values("group")
    )

    def number(rows: QuerySet[Any], of: str = "pk") -> Coalesce:
        counted = rows.annotate(number=Count(of, distinct=True)).values("number")
        return Coalesce(Subquery(counted, output_field=IntegerField()), 0)

    return (
        Decision.objects.filter(programme=programme)
        .select_related("group", "proposed_by")
        .annotate(counted_on=Coalesce("decided_on", "withdrawn_on", Value(on)))
        .annotate(
            spoken=number(positions),
            dissent=number(positions.filter(stance__in=Position.DISSENT)),
            silent=number(in_office, "person"),
        )
        .annotate(asked=F("spoken") + F("silent"))
    )


def not_heard_from(decision: Decision, on: dt.date) -> QuerySet[Term]:
    """Return terms of members in office on the day `on` who have taken no position, by name."""
    spoken = decision.positions.values("person")
    return (
        decision.group.terms.effective_on(on)
        .exclude(person__in=spoken)
        .select_related("person")
        .order_by("person__sort_key")
    )


def counts_by_seat(positions: Iterable[Position]) -> tuple[list[Text], list[tuple[Text, list[int], int]], list[int]]:
    """Count how many of each kind of member take each stance.

    Returns (columns, rows, totals): columns [label of each kind], rows [(stance label, [count of each kind], total)] in
    the order of the scale, totals [count of each kind, total].
    """
    counts = Counter((position.stance, position.seat) for position in positions)
    seats = list(Term.Seat)
    rows: list[tuple[Text, list[int], int]] = [
        (stance.label, [counts[stance, seat] for seat in seats], sum(counts[stance, seat] for seat in seats))
        for stance in Position.Stance
    ]
    totals = [sum(row[1][index] for row in rows) for index in range(len(seats))]
    return [seat.label for seat in seats], rows, [*totals, sum(totals)]


def in_order_of_the_scale(positions: Iterable[Position]) -> list[Position]:
    """Sort positions from whole-hearted agreement to veto; in each step those without a name come last.

    They are put in order of their words: the order in which they were given would tell who gave them.
    """
    steps = Position.Stance.values
    return sorted(
        positions,
        key=lambda position: (
            steps.index(position.stance),
            not position.named,
            position.person.sort_key if position.named else position.reason,
        ),
    )


def earlier_wordings(decision: Decision) -> list[tuple[dt.datetime, str, str]]:
    """Return the words a proposal had before they were changed, latest first: [(when, title, wording), …]."""
    history: Any = decision.history  # type: ignore[attr-defined]  # pghistory adds it
    versions = list(history.order_by("pgh_id").values_list("pgh_created_at", "title", "wording"))
    earlier = []
    for before, after in itertools.pairwise(versions):
        if before[1:] != after[1:]:
            earlier.append((after[0], before[1], before[2]))
    return earlier[::-1]


def waiting_for_position(user: User, on: dt.date) -> QuerySet[Decision]:
    """Return open decisions of the groups `user` serves on and has said nothing on yet, soonest closing first."""
    serving = Term.objects.effective_on(on).filter(person__user=user)
    return (
        Decision.objects.filter(status=Decision.Status.OPEN, group__in=serving.values("group"))
        .exclude(positions__person__user=user)
        .select_related("programme")
        .order_by("closes_on", "pk")
    )


def past_closing_day(programmes: Iterable[ProgrammeId], on: dt.date) -> QuerySet[Decision]:
    """Return open decisions of `programmes` whose last day for views has gone, oldest first."""
    return (
        Decision.objects.filter(status=Decision.Status.OPEN, programme__in=programmes, closes_on__lt=on)
        .select_related("programme")
        .order_by("closes_on", "pk")
    )
