"""Gather what the dashboard shows: rows of decisions, actions and seats, each with a fixed number of queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce

from programmes.dashboard.models import BoardPaper
from programmes.decisions.calculations import Said
from programmes.decisions.models import ActionPoint, Decision, Position
from programmes.decisions.queries import lists
from programmes.groups.models import GroupRules, SeatNumber
from programmes.heard import queries as heard_queries
from programmes.heard.models import Contribution, ToldBack
from programmes.programme.models.groups import Group, Term
from programmes.programme.models.programmes import Programme
from wellbeing.lib.prepared import prepared
from wellbeing.lib.suppression import suppressed
from wellbeing.lib.types import ProgrammeId, User

# Lines of one part: with them all, ten are in view on a screen of 1280 x 900. The rest is behind its number.
MOST_LINES = 5
# (kind of seat, the view that counts or None), for each member whose voice counts.
Voices = list[tuple[str, Said | None]]


class Waiting(NamedTuple):
    """A proposal, by its key, that waits for the reader's view."""

    decision: int
    title: str
    closes_on: dt.date


class OpenProposal(NamedTuple):
    """An open proposal, by its key; `fewest` is the smallest count shown by its rules, None without any."""

    decision: int
    title: str
    status: str
    closes_on: dt.date
    fewest: int | None

    @property
    def stage(self) -> str:
        return str(Decision.Status(self.status).label)


class DecidedLately(NamedTuple):
    """A decision, by its key, and how many views on it are dissent."""

    decision: int
    title: str
    outcome: str
    decided_on: dt.date
    dissenting: int


class DueLine(NamedTuple):
    """A decision to look at again since a day, or an action of somebody, with the decision it comes from, if any."""

    day: dt.date
    title: str
    decision: int | None
    owner: str | None = None


class DueNow(NamedTuple):
    """How many decisions wait to be looked at again, how many actions to be done, `late` ones, and what is first."""

    reviews: int
    points: int
    late: int
    lines: list[DueLine]


class SeatsOfGroup(NamedTuple):
    """A steering group, by its key: how many seats it has, and are taken, by their kind."""

    group: int
    name: str
    seats: dict[str, int]
    taken: dict[str, int]


class Unanswered(NamedTuple):
    """An open proposal, by its key, with the `number` of its objections that have no answer."""

    decision: int
    title: str
    number: int


class ToldBackNumbers(NamedTuple):
    """How many people were told what became of what they said, and what they say of it; None for too few."""

    told: int | None
    untold: int | None
    replies: dict[str, int | None]


@prepared
def _waiting(user: int, programme: int, on: dt.date) -> QuerySet[Any, Any]:
    rows = lists.waiting_for_position(user, on).filter(programme=programme)
    return rows.values_list("pk", "title", "closes_on")


def waiting_for(user: User, programme: Programme, on: dt.date) -> list[Waiting]:
    """Return the proposals of `programme` that wait for the view of `user`, see `lists.waiting_for_position`."""
    return [Waiting(*row) for row in _waiting(user.pk, programme.pk, on)]


@prepared
def _open(programme: int) -> QuerySet[Any, Any]:
    rows = Decision.objects.filter(programme=programme).open().order_by("status", "closes_on", "pk")
    return rows.values_list("pk", "title", "status", "closes_on", "rules__fewest_inside")


def open_proposals(programme: Programme) -> list[OpenProposal]:
    """Return the open proposals of `programme`: those that ask for views first, by their last day."""
    return [OpenProposal(*row) for row in _open(programme.pk)]


def voices_of(keys: Sequence[int], on: dt.date) -> dict[int, Voices]:
    """Return for each of the open decisions with these `keys` whose voice counts on the day `on` and what was heard.

    One query, however many there are: Postgres says whose voice counts, as it does when one is decided.
    """
    if not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT d.id, v.seat, p.person_id, p.stance, p.named FROM programmes_decision d"
            " CROSS JOIN LATERAL programmes_decision_voices(d.id, %s) v"
            " LEFT JOIN programmes_position p ON p.id = v.position_id WHERE d.id = ANY(%s)",
            [on, list(keys)],
        )
        rows = cursor.fetchall()
    found: dict[int, Voices] = defaultdict(list)
    for decision, seat, person, stance, named in rows:
        found[decision].append((seat, Said(person, seat, stance, named) if stance else None))
    return found


@prepared
def _hidden(user: int, programme: int, on: dt.date) -> QuerySet[Any, Any]:
    return lists.hides_views_from(user, on).filter(programme=programme).order_by().values_list("pk")


@prepared
def _hidden_from_some(programme: int, on: dt.date) -> QuerySet[Any, Any]:
    return lists.hides_views_from(None, on).filter(programme=programme).order_by().values_list("pk")


def hidden_from(programme: Programme, user: User | None, on: dt.date) -> set[int]:
    """Return the keys of proposals of `programme` whose views are hidden from `user`, see `lists.hides_views_from`."""
    rows = _hidden(user.pk, programme.pk, on) if user else _hidden_from_some(programme.pk, on)
    return {pk for (pk,) in rows}


@prepared
def _unanswered(programme: int) -> QuerySet[Any, Any]:
    rows = lists.unanswered_objections().filter(decision__programme=programme)
    rows = rows.order_by("decision__closes_on", "decision_id")
    return rows.values_list("decision_id", "decision__title").annotate(number=Count("pk"))


def unanswered_by_decision(programme: Programme, hidden: Collection[int]) -> list[Unanswered]:
    """Return open proposals of `programme` with objections that have no answer, soonest closing first.

    Without those whose keys are in `hidden`.
    """
    found = [Unanswered(*row) for row in _unanswered(programme.pk)]
    return [one for one in found if one.decision not in hidden]


@prepared
def _decided(programme: int) -> QuerySet[Any, Any]:
    against = Position.objects.filter(version=OuterRef("version"), stance__in=Position.DISSENT).order_by()
    counted = against.values("version").annotate(number=Count("pk")).values("number")
    made = Decision.objects.filter(programme=programme, status__in=Decision.MADE).order_by("-decided_on", "-pk")
    dissenting = Coalesce(Subquery(counted, output_field=IntegerField()), 0)
    return made.values_list("pk", "title", "outcome", "decided_on", dissenting)[:MOST_LINES]


def decided_lately(programme: Programme) -> list[DecidedLately]:
    """Return the newest decisions of `programme`, each with how many views on it are dissent."""
    return [DecidedLately(*row) for row in _decided(programme.pk)]


def points_of(programme: Programme) -> QuerySet[ActionPoint]:
    """Return what is to be done because of decisions and meetings in `programme`, soonest first."""
    return ActionPoint.objects.filter(group__programme=programme).select_related("owner", "group")


@prepared
def _reviews_due(programme: int, on: dt.date) -> QuerySet[Any, Any]:
    rows = lists.to_review([ProgrammeId(programme)], on).select_related(None)
    return rows.values_list("look_on", "title", "pk", Window(Count("pk")))[:MOST_LINES]


@prepared
def _points_to_do(programme: int, on: dt.date) -> QuerySet[Any, Any]:
    rows = ActionPoint.objects.filter(group__programme=programme, status=ActionPoint.Status.OPEN)
    number, late = Window(Count("pk")), Window(Count("pk", filter=Q(due_on__lt=on)))
    return rows.values_list("due_on", "title", "decision_id", "owner__full_name", number, late)[:MOST_LINES]


def due_in(programme: Programme, on: dt.date) -> DueNow:
    """Return what is due in `programme` on the day `on`: decisions to look at again, and actions still to be done."""
    reviews, points = _reviews_due(programme.pk, on), _points_to_do(programme.pk, on)
    lines = [DueLine(day, title, decision) for day, title, decision, _number in reviews]
    lines += [DueLine(*point[:4]) for point in points]
    return DueNow(
        reviews=reviews[0][-1] if reviews else 0,
        points=points[0][-2] if points else 0,
        late=points[0][-1] if points else 0,
        lines=sorted(lines, key=lambda line: line.day)[:MOST_LINES],
    )


@prepared
def _groups(programme: int) -> QuerySet[Any, Any]:
    return (
        Group.objects.filter(programme=programme, kind=Group.Kind.STEERING).order_by("name").values_list("pk", "name")
    )


@prepared
def _seats(programme: int, on: dt.date) -> QuerySet[Any, Any]:
    in_force = GroupRules.objects.filter(group__programme=programme).newest_on(on).values("pk")
    return SeatNumber.objects.filter(rules__in=in_force).values_list("rules__group_id", "seat", "number")


@prepared
def _seats_taken(programme: int, on: dt.date) -> QuerySet[Any, Any]:
    serving = Term.objects.effective_on(on).with_a_voice().filter(group__programme=programme).order_by()
    return serving.values_list("group_id", "seat").annotate(number=Count("pk"))


def seats_of(programme: Programme, on: dt.date) -> list[SeatsOfGroup]:
    """Return the seats of each steering group on the day `on`: how many there are, and are taken, by their kind.

    Deputies take no seat.
    """
    there: dict[int, dict[str, int]] = defaultdict(dict)
    taken: dict[int, dict[str, int]] = defaultdict(dict)
    for found, rows in ((there, _seats(programme.pk, on)), (taken, _seats_taken(programme.pk, on))):
        for group, seat, number in rows:
            found[group][seat] = number
    return [SeatsOfGroup(group, name, there[group], taken[group]) for group, name in _groups(programme.pk)]


@prepared
def _said(programme: int, on: dt.date) -> QuerySet[Any, Any]:
    open_ = Q(status=Contribution.Status.OPEN)
    rows = Contribution.objects.shown().filter(programme=programme).order_by().values_list("programme")
    return rows.annotate(
        all=Count("pk"), open=Count("pk", filter=open_), late=Count("pk", filter=open_ & Q(due_on__lt=on))
    )


def said_in(programme: Programme, on: dt.date) -> tuple[int, int, int]:
    """Return how many contributions of `programme` are on its page, how many wait and are late on `on`."""
    for _programme, everything, waiting, late in _said(programme.pk, on):
        return everything, waiting, late
    return 0, 0, 0


@prepared
def _told_back(programme: int) -> QuerySet[Any, Any]:
    answers = Contribution.objects.shown().filter(programme=programme).values("outcome")
    rows = ToldBack.objects.filter(outcome__in=answers).order_by().values_list("reply")
    return rows.annotate(
        all=Count("pk"), asked=Count("notice"), told=Count("notice", filter=Q(heard_queries.reached()))
    )


def told_and_replied(programme: Programme, fewest: int) -> ToldBackNumbers:
    """Return how many people were told what became of what they said, are to be reached still, and what they say of it.

    Over the answers that count now, of contributions on the page; counts that could show who it was are None. What
    they say is counted as `heard_queries.replies_in` does.
    """
    asked = told = 0
    replies = {}
    for reply, everybody, with_notice, reached in _told_back(programme.pk):
        asked, told = asked + with_notice, told + reached
        replies[reply] = everybody if reply else reached
    shown, untold = suppressed([told, asked - told], fewest)
    return ToldBackNumbers(shown, untold, heard_queries.replies_shown(replies, fewest))


def papers_of(programme: Programme) -> QuerySet[BoardPaper]:
    """Return the board papers of `programme`, the latest first."""
    return BoardPaper.objects.filter(programme=programme).order_by("-asked_at", "-pk")
