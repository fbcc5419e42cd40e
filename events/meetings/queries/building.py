"""Find what belongs on the agenda of a meeting: each thing once, in the order it is talked about."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from events.meetings.models import AgendaItem, Meeting
from events.meetings.queries import lists
from people.models import Person
from programmes.decisions.queries import lists as decision_lists
from programmes.models import ActionPoint, Decision

Kind = AgendaItem.Kind


@dataclass(frozen=True)
class Built:
    """One thing for the agenda, as `AgendaItem` has it."""

    kind: str
    source: str
    title: str
    decision: Decision | None = None
    earlier_meeting: Meeting | None = None
    leader: Person | None = None
    members_only: bool = False


def things_for(meeting: Meeting) -> list[Built]:
    """Return everything that waits for the group of `meeting` by its day.

    First the minutes of the last meeting and what was decided sooner than usual; then proposals open for views, those
    being shaped, objections without an answer, decisions to look at again, and actions.
    """
    by = meeting.event.day
    return [
        *_minutes(meeting),
        *_urgent(meeting),
        *_proposals(meeting),
        *_objections(meeting),
        *_reviews(meeting, by),
        *_actions(meeting, by),
    ]


def points_due(meeting: Meeting) -> QuerySet[ActionPoint]:
    """Return the actions of the group that are open and due by the day of `meeting`, soonest first."""
    points = ActionPoint.objects.filter(
        group=meeting.group_id, status=ActionPoint.Status.OPEN, due_on__lte=meeting.event.day
    )
    return points.select_related("owner").order_by("due_on", "pk")


def _minutes(meeting: Meeting) -> Iterator[Built]:
    last = lists.before(meeting)
    if last is not None and not last.is_agreed:
        yield Built(
            Kind.MINUTES, f"minutes:{last.pk}", _("Agree the minutes of the last meeting"), earlier_meeting=last
        )


def _decisions(meeting: Meeting) -> QuerySet[Decision]:
    return Decision.objects.filter(group=meeting.group_id).select_related("proposed_by")


def _urgent(meeting: Meeting) -> Iterator[Built]:
    looked_at = Decision.objects.filter(earlier=OuterRef("pk"), relation=Decision.Relation.RATIFIES).exclude(
        status=Decision.Status.WITHDRAWN
    )
    alone = _decisions(meeting).filter(status=Decision.Status.DECIDED).exclude(urgency_reason="")
    alone = alone.exclude(Exists(looked_at))
    asked = _decisions(meeting).filter(status__in=Decision.OPEN, relation=Decision.Relation.RATIFIES)
    for decision in [*alone.order_by("decided_on", "pk"), *asked.order_by("closes_on", "pk")]:
        title = _("Confirm or reverse: %(title)s") % {"title": decision.title}
        yield _about(Kind.URGENT, decision, title)


def _proposals(meeting: Meeting) -> Iterator[Built]:
    proposals = _decisions(meeting).filter(status__in=Decision.OPEN).exclude(relation=Decision.Relation.RATIFIES)
    # Closing soonest first among those open for views.
    for decision in proposals.filter(status=Decision.Status.DECIDING).order_by("closes_on", "pk"):
        yield _about(Kind.VIEWS, decision, decision.title)
    for decision in proposals.exclude(status=Decision.Status.DECIDING).order_by("opened_on", "pk"):
        yield _about(Kind.SHAPING, decision, decision.title)


def _objections(meeting: Meeting) -> Iterator[Built]:
    waiting = decision_lists.unanswered_objections().filter(decision=OuterRef("pk"))
    for decision in _decisions(meeting).filter(Exists(waiting)).order_by("closes_on", "pk"):
        title = _("Objections to answer: %(title)s") % {"title": decision.title}
        yield _about(Kind.OBJECTIONS, decision, title, members_only=True)


def _reviews(meeting: Meeting, by: dt.date) -> Iterator[Built]:
    due = decision_lists.with_look_on(_decisions(meeting).filter(status=Decision.Status.DECIDED))
    for decision in due.filter(look_on__lte=by).order_by("look_on", "pk"):
        title = _("Look at it again: %(title)s") % {"title": decision.title}
        # A decision may be looked at again and again: each day it is due is a thing of its own.
        yield _about(Kind.REVIEW, decision, title, source=f"review:{decision.pk}:{decision.look_on}")


def _actions(meeting: Meeting, by: dt.date) -> Iterator[Built]:
    points = ActionPoint.objects.filter(group=meeting.group_id, status=ActionPoint.Status.OPEN, due_on__lte=by)
    if points.exists():
        yield Built(Kind.ACTIONS, "actions", _("Actions that are due"))


def _about(kind: str, decision: Decision, title: str, *, source: str = "", members_only: bool = False) -> Built:
    return Built(
        kind,
        source or f"{kind}:{decision.pk}",
        title[:200],
        decision=decision,
        leader=decision.proposed_by,
        members_only=members_only,
    )
