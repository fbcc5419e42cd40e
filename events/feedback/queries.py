"""Answer questions about feedback: who is to be thanked, who is asked, how many answered, in which group."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone

from events.day import queries as day_queries
from events.day.models import Attendance
from events.feedback.models import FeedbackAsked, FeedbackQuestion, FeedbackRound, FeedbackRule, FeedbackTally, Side
from events.planning.models import Event
from programmes.models import Programme
from wellbeing.lib.types import User

YEAR = dt.timedelta(days=365)


def side_of(part: str) -> Side:
    """Return the group in which somebody answers who came in this `events.day.queries.Part`."""
    return Side.LIVED_EXPERIENCE if part == day_queries.Part.LIVED_EXPERIENCE else Side.STAFF


def round_of(event: Event) -> FeedbackRound | None:
    """Return the feedback on `event`; None before anybody was thanked."""
    return FeedbackRound.objects.filter(event=event).select_related("event__programme", "started_by").first()


def to_thank(event: Event) -> QuerySet[Any]:
    """Return the attendances of people who came to `event` and have not been thanked, each with its `part`."""
    thanked = FeedbackAsked.objects.filter(round__event=event, person=OuterRef("person"))
    rows = day_queries.attendance_of(event).filter(~Exists(thanked), came=True)
    return rows.select_related("person").order_by("pk")


def events_to_thank_for(on: dt.date) -> list[Event]:
    """Return held events whose day to thank who came has come, by the rule of each programme, and has not gone by.

    Those whose people have all been thanked are left out, and meetings where the rule leaves them to staff. Two
    queries, and one a programme.
    """
    thanked = FeedbackAsked.objects.filter(round__event=OuterRef("event"), person=OuterRef("person"))
    waiting = Attendance.objects.filter(~Exists(thanked), event=OuterRef("pk"), came=True)
    closed = FeedbackRound.objects.filter(event=OuterRef("pk"), status=FeedbackRound.Status.CLOSED)
    longest = FeedbackRule.objects.order_by("-thank_within_days").values_list("thank_within_days", flat=True).first()
    events = Event.objects.filter(
        Exists(waiting),
        ~Exists(closed),
        status=Event.Status.HELD,
        ends_at__date__gte=on - dt.timedelta(days=longest or 0),
    )
    rules: dict[int, FeedbackRule] = {}
    due = []
    for event in events.select_related("programme").order_by("ends_at", "pk"):
        if event.programme_id not in rules:
            rules[event.programme_id] = FeedbackRule.objects.in_force_on(event.programme, on)
        rule, since = rules[event.programme_id], (on - timezone.localdate(event.ends_at)).days
        if event.kind == Event.Kind.MEETING and not rule.after_meetings:
            continue
        if rule.thank_after_days <= since <= rule.thank_within_days:
            due.append(event)
    return due


def thanked_on(event: Event, rule: FeedbackRule, on: dt.date) -> dt.date | None:
    """Return the day on which who came is thanked by the rule, `on` or later; None where that day has gone."""
    ended = timezone.localdate(event.ends_at)
    if on > ended + dt.timedelta(days=rule.thank_within_days):
        return None
    return max(on, ended + dt.timedelta(days=rule.thank_after_days))


def asked_in(round: FeedbackRound) -> QuerySet[Any]:
    """Return everybody thanked and asked in `round`, by name, each with `came`: whether they still count as there."""
    came = Attendance.objects.filter(event=round.event_id, person=OuterRef("person"), came=True)
    rows = round.asked.select_related("person", "taken_by", "round__event__programme")
    return rows.annotate(came=Exists(came)).order_by("person__sort_key", "pk")


def questions_of(round: FeedbackRound) -> list[FeedbackQuestion]:
    """Return the questions `round` asks, in order."""
    return list(FeedbackQuestion.objects.filter(tallies__round=round).distinct().order_by("position"))


def answered_by_side(rounds: Iterable[FeedbackRound]) -> dict[tuple[int, str], tuple[int, int]]:
    """Return {(round, group): (asked, answered)} for `rounds`. One query."""
    rows = (
        FeedbackAsked.objects.filter(round__in=[round.pk for round in rounds])
        .order_by()
        .values("round", "side")
        .annotate(asked_count=Count("pk"), answered_count=Count("answered_on"))
    )
    return {(row["round"], row["side"]): (row["asked_count"], row["answered_count"]) for row in rows}


# {round: {question: {group: {answer: how often}}}}
Tallies = dict[int, dict[FeedbackQuestion, dict[str, dict[int, int]]]]


def tallies_of(rounds: Iterable[FeedbackRound]) -> Tallies:
    """Return every count of `rounds`. One query."""
    rows = FeedbackTally.objects.filter(round__in=[round.pk for round in rounds]).select_related("question")
    found: Tallies = {}
    for row in rows.order_by("question__position", "question", "pk"):
        sides = found.setdefault(row.round_id, {}).setdefault(row.question, {})
        sides.setdefault(row.side, {})[row.value] = row.number
    return found


def closed_in_a_year(programme: Programme, on: dt.date) -> list[FeedbackRound]:
    """Return the closed feedback on events of `programme` in the year that ends on the day `on`, the latest first."""
    rows = FeedbackRound.objects.filter(
        event__programme=programme,
        event__starts_at__date__lte=on,
        event__starts_at__date__gt=on - YEAR,
        status=FeedbackRound.Status.CLOSED,
        closed_on__lte=on,
    )
    return list(rows.select_related("event").order_by("-event__starts_at", "-pk"))


def to_answer(user: User, on: dt.date) -> QuerySet[FeedbackAsked]:
    """Return what `user` is asked about events and has not answered, where answers are still taken on the day `on`."""
    rows = FeedbackAsked.objects.silent().filter(person__user=user, round__closes_on__gte=on)
    return rows.select_related("round__event__programme").order_by("round__closes_on", "pk")


def questions_now(event: Event, on: dt.date) -> list[FeedbackQuestion]:
    """Return the questions that would be asked about `event` on the day `on`."""
    return FeedbackQuestion.objects.in_force_on(event.programme, on)
