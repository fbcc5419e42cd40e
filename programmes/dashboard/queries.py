"""Gather what the dashboard shows: rows of decisions, actions and seats, each with a fixed number of queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet

from programmes.dashboard.models import BoardPaper
from programmes.decisions.calculations import Said
from programmes.decisions.models import ActionPoint, Decision, Position
from programmes.decisions.queries import lists
from programmes.groups.models import GroupRules
from programmes.heard import queries as heard_queries
from programmes.heard.models import Contribution, ToldBack
from programmes.programme.models.groups import Group, Term
from programmes.programme.models.programmes import Programme
from wellbeing.lib.suppression import suppressed
from wellbeing.lib.types import User

# (kind of seat, the view that counts or None), for each member whose voice counts.
Voices = list[tuple[str, Said | None]]


def open_decisions(programme: Programme) -> QuerySet[Decision]:
    """Return the open proposals of `programme`: those that ask for views first, by their last day."""
    rows = Decision.objects.filter(programme=programme).open().select_related("rules")
    rows = rows.only("title", "status", "closes_on", "rules__fewest_inside")
    return rows.order_by("status", "closes_on", "pk")


def voices_of(decisions: Iterable[Decision], on: dt.date) -> dict[int, Voices]:
    """Return for each of the open `decisions`, by key, whose voice counts on the day `on` and what was heard.

    Two queries, however many there are: Postgres says whose voice counts, as it does when one is decided.
    """
    keys = [decision.pk for decision in decisions]
    if not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT d.id, v.seat, v.position_id FROM programmes_decision d"
            " CROSS JOIN LATERAL programmes_decision_voices(d.id, %s) v WHERE d.id = ANY(%s)",
            [on, keys],
        )
        rows = cursor.fetchall()
    said = Position.objects.only("person_id", "seat", "stance", "named").in_bulk([row[2] for row in rows if row[2]])
    found: dict[int, Voices] = defaultdict(list)
    for decision, seat, key in rows:
        position = said.get(key)
        heard = Said(position.person_id, seat, position.stance, position.named) if position else None
        found[decision].append((seat, heard))
    return found


def unanswered_by_decision(programme: Programme, user: User | None, on: dt.date) -> list[Any]:
    """Return open proposals of `programme` with objections that have no answer, and the `number` of those.

    Without those whose views are hidden from `user`, see `lists.hides_views_from`. Soonest closing first.
    """
    hidden = lists.hides_views_from(user, on).filter(programme=programme).order_by()
    rows = lists.unanswered_objections().filter(decision__programme=programme)
    rows = rows.exclude(decision__in=hidden.values("pk"))
    numbers = dict(rows.order_by().values_list("decision").annotate(number=Count("pk")))
    found: list[Any] = (
        list(Decision.objects.filter(pk__in=numbers).only("title").order_by("closes_on", "pk")) if numbers else []
    )
    for decision in found:
        decision.number = numbers[decision.pk]
    return found


def decided_lately(programme: Programme, number: int) -> list[Any]:
    """Return the `number` newest decisions of `programme`, each with `dissenting`: how many views of dissent it has."""
    made = Decision.objects.filter(programme=programme, status__in=Decision.MADE).order_by("-decided_on", "-pk")
    rows: list[Any] = list(made.only("title", "outcome", "decided_on", "version_id")[:number])
    dissent = Q(stance__in=Position.DISSENT, decision__in=rows)
    counted = dict(
        Position.objects.filter(dissent, version__in=[row.version_id for row in rows])
        .order_by()
        .values_list("decision")
        .annotate(number=Count("pk"))
    )
    for row in rows:
        row.dissenting = counted.get(row.pk, 0)
    return rows


def points_of(programme: Programme) -> QuerySet[ActionPoint]:
    """Return what is to be done because of decisions and meetings in `programme`, soonest first."""
    return ActionPoint.objects.filter(group__programme=programme).select_related("owner", "group")


def points_to_do(programme: Programme) -> QuerySet[ActionPoint]:
    """Return those that are still to be done, with no more of each than its line says."""
    rows = points_of(programme).select_related(None).select_related("owner").filter(status=ActionPoint.Status.OPEN)
    return rows.only("title", "due_on", "decision_id", "owner__full_name")


def seats_of(programme: Programme, on: dt.date) -> list[tuple[Group, GroupRules | None, list[Term]]]:
    """Return each steering group with its rules and the terms that are served on the day `on`. Four queries."""
    groups = list(programme.groups.filter(kind=Group.Kind.STEERING).order_by("name"))
    in_force = GroupRules.objects.filter(group__in=groups).newest_on(on).only("group_id").prefetch_related("seats")
    rules = {one.group_id: one for one in in_force}
    terms: dict[int, list[Term]] = defaultdict(list)
    serving = Term.objects.effective_on(on).filter(group__in=groups)
    for term in serving.only("group_id", "seat", "deputy_for_id"):
        terms[term.group_id].append(term)
    return [(group, rules.get(group.pk), terms[group.pk]) for group in groups]


def told_in(programme: Programme, fewest: int) -> tuple[int | None, int | None]:
    """Return how many people were told what became of what they said, and how many are still to be reached.

    Over the answers that count now, of contributions on the page; counts that could show who it was are None.
    """
    answers = Contribution.objects.shown().filter(programme=programme).values("outcome")
    asked = ToldBack.objects.filter(outcome__in=answers).exclude(notice=None)
    counted = asked.order_by().aggregate(all=Count("pk"), told=Count("pk", filter=Q(heard_queries.reached())))
    told, untold = suppressed([counted["told"], counted["all"] - counted["told"]], fewest)
    return told, untold


def papers_of(programme: Programme) -> QuerySet[BoardPaper]:
    """Return the board papers of `programme`, the latest first."""
    return BoardPaper.objects.filter(programme=programme).order_by("-asked_at", "-pk")
