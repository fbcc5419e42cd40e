"""Lists of decisions: of a programme, those that wait for somebody, those to look at again."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from programmes.decisions.models import (
    ActionPoint,
    Decision,
    DecisionReview,
    DeclaredInterest,
    Objection,
    ObjectionReply,
    Position,
)
from programmes.programme.models.groups import Term
from programmes.programme.models.programmes import Programme
from wellbeing.lib.types import ProgrammeId, User


def decisions_of(programme: Programme, user: User, on: dt.date) -> QuerySet[Any]:
    """Return the decisions of `programme` that `user` may read, each with its counts.

    `asked`: members whose voice counts, today or on the day it closed; `spoken`: those of them who gave a view on the
    newest wording, or whose deputy did; `dissent`: such views that are kept as dissent.
    """
    on_the_day = OuterRef("counted_on")
    in_office = (
        Term.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on_the_day), group=OuterRef("group"))
        .filter(starts_on__lte=on_the_day, deputy_for=None)
        .exclude(
            Exists(
                DeclaredInterest.objects.filter(
                    decision=OuterRef(OuterRef("pk")), person=OuterRef("person"), taken_back_on=None
                )
            )
        )
        .order_by()
    )
    said = Position.objects.filter(version=OuterRef(OuterRef("version")), member=OuterRef("person"))

    def number(rows: QuerySet[Any]) -> Coalesce:
        counted = rows.values("group").annotate(number=Count("person", distinct=True)).values("number")
        return Coalesce(Subquery(counted, output_field=IntegerField()), 0)

    return (
        Decision.objects.visible_to(user)
        .filter(programme=programme)
        .select_related("group", "proposed_by", "version")
        .annotate(counted_on=Coalesce("decided_on", "withdrawn_on", Value(on)))
        .annotate(
            asked=number(in_office),
            spoken=number(in_office.filter(Exists(said))),
            dissent=number(in_office.filter(Exists(said.filter(stance__in=Position.DISSENT)))),
        )
    )


def waiting_for_position(user: User | int, on: dt.date) -> QuerySet[Decision]:
    """Return proposals that wait for the view of `user`, a member or deputy in office: soonest closing first.

    `user` may be their key. One whose wording changed after they spoke waits for them again.
    """
    serving = Term.objects.effective_on(on).filter(person__user=user)
    said = Position.objects.filter(version=OuterRef("version"), person__user=user)
    out = DeclaredInterest.objects.filter(decision=OuterRef("pk"), person__user=user, taken_back_on=None)
    return (
        Decision.objects.filter(status=Decision.Status.DECIDING, group__in=serving.values("group"))
        .exclude(Exists(said))
        .exclude(Exists(out))
        .select_related("programme")
        .order_by("closes_on", "pk")
    )


def hides_views_from(user: User | int | None, on: dt.date) -> QuerySet[Decision]:
    """Return open proposals whose views `user` may not see yet: the group chose that each gives theirs first.

    Without a user: all whose views are hidden from some of the members.
    """
    rows = Decision.objects.open() if user is None else waiting_for_position(user, on)
    return rows.filter(hides_views=True)


def past_closing_day(programmes: Iterable[ProgrammeId], on: dt.date) -> QuerySet[Decision]:
    """Return open proposals of `programmes` whose last day for views has gone, oldest first."""
    return (
        Decision.objects.filter(status=Decision.Status.DECIDING, programme__in=programmes, closes_on__lt=on)
        .select_related("programme")
        .order_by("closes_on", "pk")
    )


def unanswered_objections() -> QuerySet[Objection]:
    """Return objections, and reservations that ask for an answer, that have none, to proposals still open."""
    answered = ObjectionReply.objects.filter(objection=OuterRef("pk"))
    return Objection.objects.filter(closed_as="", decision__status__in=Decision.OPEN).exclude(Exists(answered))


def with_objections_to_answer(user: User, programmes: Iterable[ProgrammeId]) -> QuerySet[Decision]:
    """Return open proposals with objections nobody has answered: those `user` made, and all of `programmes`."""
    theirs = Q(proposed_by__user=user) | Q(programme__in=programmes)
    open_ones = Decision.objects.filter(theirs, pk__in=unanswered_objections().values("decision"))
    return open_ones.select_related("programme").order_by("closes_on", "pk")


def answers_to_look_at(user: User) -> QuerySet[Objection]:
    """Return objections `user` raised that have an answer, and of which they have not said if it is enough."""
    answered = ObjectionReply.objects.filter(objection=OuterRef("pk"))
    return (
        Objection.objects.filter(Exists(answered), person__user=user, closed_as="", decision__status__in=Decision.OPEN)
        .select_related("decision__programme")
        .order_by("pk")
    )


def questions_to_answer(user: User) -> QuerySet[Decision]:
    """Return open proposals that `user` made and somebody has asked about, without an answer."""
    asked = Decision.objects.filter(proposed_by__user=user, status__in=Decision.OPEN, questions__answer="")
    return asked.select_related("programme").distinct().order_by("closes_on", "pk")


def points_of(user: User) -> QuerySet[ActionPoint]:
    """Return what `user` has to do because of decisions and meetings, soonest first."""
    points = ActionPoint.objects.filter(owner__user=user, status=ActionPoint.Status.OPEN)
    return points.select_related("group__programme").order_by("due_on", "pk")


def to_review(programmes: Iterable[ProgrammeId], by: dt.date) -> QuerySet[Any]:
    """Return agreed decisions of `programmes` to look at again by the day `by`, and not looked at since, oldest first.

    `look_on` is that day: the one named in the newest review, else in the decision.
    """
    return (
        with_look_on(Decision.objects.filter(programme__in=programmes, status=Decision.Status.DECIDED))
        .filter(look_on__lte=by)
        .select_related("programme")
        .order_by("look_on", "pk")
    )


def with_look_on(decisions: QuerySet[Decision]) -> QuerySet[Any]:
    """Annotate `look_on`: the day each is to be looked at (again), or None where there is none to come."""
    newest = DecisionReview.objects.filter(decision=OuterRef("pk")).order_by("-pk")
    return decisions.annotate(
        was_reviewed=Exists(newest),
        look_on=Case(When(was_reviewed=True, then=Subquery(newest.values("next_on")[:1])), default=F("review_on")),
    )
