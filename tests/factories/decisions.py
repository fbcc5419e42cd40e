"""Makers of rows for tests of groups and decisions."""

import datetime as dt

from django.core.files.base import ContentFile
from django.utils import timezone

from programmes.models import Decision, DecisionFile, Group, GroupRules, Objection, Position, Term, Version
from tests import factories


def a_steering_group(programme):
    """The programme's steering group, made once, with rules that ask for little."""
    group, made = Group.objects.get_or_create(
        programme=programme, kind=Group.Kind.STEERING, defaults={"name": "Steering group"}
    )
    if made:
        some_rules(group)
    return group


def some_rules(group, *, days_ago=1000, **fields):
    """Rules of `group` that ask for little, in force since `days_ago` days; nobody set them unless `set_by` says so."""
    values = {
        "quorum": 1,
        "lived_experience_minimum": 0,
        "methods": ["gradient", "consent", "vote"],
        "support_percent": 50,
        "open_days": 0,
        "amended_days": 0,
        "answer_days": 0,
        "ratify_days": 42,
        "interest_days": 365,
        "fewest_inside": 5,
        "fewest_public": 10,
        "starts_on": timezone.localdate() - dt.timedelta(days=days_ago),
    }
    values.update(fields)
    return GroupRules.objects.create(group=group, **values)


def a_decision(programme, **fields):
    """An open proposal to the programme's steering group, members being asked for their views."""
    today = timezone.localdate()
    values = {
        "title": "Pay within ten days",
        "closes_on": today + dt.timedelta(days=10),
        "opened_on": today,
    }
    wording = fields.pop("wording", "We pay everyone within ten working days.")
    values.update(fields)
    values.setdefault("deciding_from", values["opened_on"] if values.get("status", "deciding") == "deciding" else None)
    values.setdefault("group", a_steering_group(programme))
    values.setdefault("rules", values["group"].rules.first())
    values.setdefault("proposed_by", factories.a_person("Priya Proposer"))
    decision = Decision.objects.create(programme=programme, **values)
    a_wording(decision, wording)
    return decision


def a_wording(decision, wording, **fields):
    """The next wording of `decision`, which becomes the proposal."""
    values = {"written_by": decision.proposed_by, "asked_on": decision.deciding_from or decision.opened_on, **fields}
    version = Version.objects.create(decision=decision, number=decision.versions.count() + 1, wording=wording, **values)
    decision.version = version
    return version


def a_seat(group, person=None, seat=Term.Seat.LIVED_EXPERIENCE, **fields):
    """A term on `group` since long ago."""
    values = {"starts_on": timezone.localdate() - dt.timedelta(days=900), **fields}
    return Term.objects.create(group=group, person=person or factories.a_person(), seat=seat, **values)


def a_position(decision, term, stance, **fields):
    """The view of the member with `term` on the newest wording of `decision`."""
    values = {"reason": "Invented words.", **fields}
    return Position.objects.create(
        decision=decision,
        version=decision.version,
        person=term.person,
        member=term.deputy_for or term.person,
        seat=term.seat,
        stance=stance,
        **values,
    )


def a_decided_proposal(programme, outcome="agreed", days_ago=0, recorded_by=None, review_on=None, **fields):
    """A proposal of `programme` that was decided `days_ago` with `outcome` (Decision.Outcome), by one member alone."""
    day = timezone.localdate() - dt.timedelta(days=days_ago)
    decision = a_decision(programme, opened_on=day, closes_on=day, **fields)
    member = a_seat(decision.group, factories.a_person("Mabel Memberly"))
    a_position(decision, member, "more_talk" if outcome == "not_agreed" else "whole_hearted")
    decision.outcome, decision.outcome_reason = outcome, "Everybody agreed."
    decision.status = {"not_agreed": "not_agreed", "come_back": "deferred"}.get(outcome, "decided")
    decision.decided_on, decision.recorded_by = day, recorded_by or decision.proposed_by
    decision.review_on = review_on
    decision.save()
    return decision


def an_objection(decision, term, words="Invented objection.", **fields):
    """The objection of the member with `term`, with the view it is in."""
    stance = {"consent": "object", "gradient": "serious"}.get(decision.method, "against")
    position = a_position(decision, term, stance, reason=words)
    return Objection.objects.create(
        decision=decision,
        version=decision.version,
        position=position,
        person=position.person,
        member=position.member,
        words=words,
        **fields,
    )


def a_decision_file(decision, title="The plan", **fields):
    """A document of `decision` that a worker has checked."""
    content = ContentFile(b"%PDF-1.4 invented", name="plan.pdf")
    values = {"original_name": "plan.pdf", "content_type": "application/pdf", "size": 17, "sha256": "0" * 64}
    return DecisionFile.objects.create(
        decision=decision,
        title=title,
        file=content,
        status=DecisionFile.Status.READY,
        **values | {"added_by": decision.proposed_by} | fields,
    )
