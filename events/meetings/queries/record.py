"""The facts of a meeting beside its items: who was there, interests, decisions, actions. Live, or as agreed."""

from typing import Any

from django.utils.translation import gettext as _

from events.day.models import Attendance
from events.meetings.models import Meeting
from programmes.decisions.queries.standing import Standing
from programmes.models import Decision, DeclaredInterest, GroupRules, Term


def record_of(meeting: Meeting) -> dict[str, Any]:
    """Return the facts: those that were agreed, once they were; as things are now, before.

    `present` and `away` are [name, seat]; `interests` hold the six things that conflict minutes name; `decided` and
    `actions` say whether they are `public`. Everything is text, so that it can be kept as it is.
    """
    if meeting.is_agreed:
        return meeting.agreed_record.facts
    return facts_now(meeting)


def facts_now(meeting: Meeting) -> dict[str, Any]:
    """Return the facts of `meeting` as things are now."""
    present, away = _people(meeting)
    return {
        "recorded": Attendance.objects.filter(event=meeting.event_id).exists(),
        "present": present,
        "away": away,
        "interests": _interests(meeting),
        "decided": _decided(meeting),
        "actions": _actions(meeting),
    }


def _people(meeting: Meeting) -> tuple[list[list[str]], list[list[str]]]:
    """Return who was there, and the members who were not: [name, seat] each, by name."""
    terms = Term.objects.effective_on(meeting.event.day).filter(group=meeting.group_id).select_related("person")
    seats = {term.person_id: (term.person, str(term.get_seat_display())) for term in terms}
    came: set[int] = set()
    guests: dict[int, Any] = {}
    for row in Attendance.objects.filter(event=meeting.event_id, came=True).select_related("person"):
        came.add(row.person_id)
        guests[row.person_id] = row.person
    people = {key: person for key, (person, _seat) in seats.items()} | guests
    ordered = sorted(people.values(), key=lambda person: (person.sort_key, person.pk))

    def line(person: Any) -> list[str]:
        return [person.full_name, seats[person.pk][1] if person.pk in seats else _("Guest")]

    return (
        [line(person) for person in ordered if person.pk in came],
        [line(person) for person in ordered if person.pk not in came],
    )


def _interests(meeting: Meeting) -> list[dict[str, Any]]:
    """Return the interests declared in what was talked about: the six things of conflict minutes for each."""
    talked_about = meeting.items.filter(is_out=False, decision__isnull=False).values("decision")
    declared = DeclaredInterest.objects.filter(
        decision__in=talked_about, taken_back_on=None, declared_on__lte=meeting.event.day
    )
    rows = list(declared.select_related("person", "decision__rules", "decision__version").order_by("decision", "pk"))
    quorate = {decision.pk: _quorate(decision) for decision in {row.decision for row in rows}}
    return [
        {
            "about": row.decision.title,
            "person": row.person.full_name,
            "nature": str(row.get_nature_display()),
            "outline": row.outline,
            "in_advance": row.in_advance,
            "withdrew": _("They took no part in it and were not counted."),
            "quorate": quorate[row.decision_id],
        }
        for row in rows
    ]


def _quorate(decision: Decision) -> str:
    """Say how a quorate decision was made without those who have an interest in it."""
    if decision.decided_on is None or decision.rules is None:
        return _("Nothing has been decided.")
    standing = Standing(decision, decision.decided_on)
    return _(
        "%(heard)s of the %(eligible)s members whose voice counted took part. The rules ask for %(quorum)s, and"
        " %(lived)s with lived experience."
    ) % {
        "heard": len(standing.heard),
        "eligible": len(standing.voices),
        "quorum": decision.rules.quorum,
        "lived": decision.rules.lived_experience_minimum,
    }


def _decided(meeting: Meeting) -> list[dict[str, Any]]:
    decisions = Decision.objects.filter(group=meeting.group_id, decided_on=meeting.event.day).select_related("rules")
    return [
        {
            "pk": decision.pk,
            "title": decision.title,
            "outcome": str(decision.get_outcome_display()),
            "public": decision.rules is None or decision.rules.reach != GroupRules.Reach.GROUP,
        }
        for decision in decisions.order_by("pk")
    ]


def _actions(meeting: Meeting) -> list[dict[str, Any]]:
    rows = meeting.actions.select_related("point__owner", "item__decision__rules").order_by("point__due_on", "pk")
    return [
        {
            "pk": row.point_id,
            "title": row.point.title,
            "owner": row.point.owner.full_name,
            "due_on": row.point.due_on.isoformat(),
            "public": row.item is None or row.item.is_public,
        }
        for row in rows
    ]
