"""Make the steering group of a large programme, and the decisions it took."""

import datetime as dt

from programmes.decisions.actions import deciding
from programmes.decisions.calculations import passes
from programmes.decisions.models import OPPOSES, SUPPORTS, Version
from programmes.groups.models import GroupRules
from programmes.models import Decision, Group, Position, Term

from .rows import execute


def make_decisions(maker):
    """Give the programme of `maker` a steering group with members, rules and decisions, the last of them open."""
    group = Group.objects.create(programme=maker.programme, name="Steering group", kind=Group.Kind.STEERING)
    members = maker.people[:12]
    for number, pk in enumerate(members):
        seat = Term.Seat.PARTNER if number % 3 == 2 else Term.Seat.LIVED_EXPERIENCE
        office = {0: Term.Office.CHAIR, 1: Term.Office.CO_CHAIR}.get(number, Term.Office.MEMBER)
        Term.objects.create(group=group, person_id=pk, seat=seat, office=office, starts_on=maker.started)
    rules = GroupRules.objects.create(
        group=group,
        starts_on=maker.started,
        quorum=1,
        lived_experience_minimum=1,
        methods=[GroupRules.Method.GRADIENT],
        support_percent=50,
        open_days=14,
        amended_days=7,
        answer_days=7,
        ratify_days=42,
        interest_days=365,
        fewest_inside=5,
        fewest_public=10,
        set_by_id=maker.staff[0],
    )
    for number in range(24):
        _a_decision(maker, number, rules, members, maker.plan.today - dt.timedelta(days=24 * (24 - number) + 5))
    # Without it the planner takes tables that were filled in this transaction for small ones.
    execute("ANALYZE people_person, programmes_decision, programmes_position, programmes_term")
    deciding.seal_those_of_before(by=None)


def _a_decision(maker, number, rules, members, opened):
    """Write a proposal that `members` gave their views on; it is decided by the rules, but for the last three."""
    decision = Decision.objects.create(
        programme=maker.programme,
        group=rules.group,
        rules=rules,
        title=f"Proposal {number + 1}",
        opened_on=opened,
        deciding_from=opened,
        closes_on=opened + dt.timedelta(days=21),
        proposed_by_id=maker.staff[0],
    )
    version = Version.objects.create(
        decision=decision,
        number=1,
        wording=f"We try way {number + 1} for one year, and look at it again together.",
        written_by_id=maker.staff[0],
        asked_on=opened,
    )
    positions = Position.objects.bulk_create(
        Position(
            decision=decision,
            version=version,
            person_id=pk,
            member_id=pk,
            seat=Term.Seat.PARTNER if index % 3 == 2 else Term.Seat.LIVED_EXPERIENCE,
            stance=maker.rng.choice(Position.Stance.values[:6]),
            given_at=maker.at(opened + dt.timedelta(days=maker.rng.randint(0, 4)), 15),
        )
        for index, pk in enumerate(members)
    )
    if number < 21:
        decision.refresh_from_db()
        agreed = passes(
            decision.method,
            support=sum(one.stance in SUPPORTS for one in positions),
            against=sum(one.stance in OPPOSES for one in positions),
            percent=rules.support_percent,
            blocking=0,
        )
        decision.status = Decision.Status.DECIDED if agreed else Decision.Status.NOT_AGREED
        decision.outcome = Decision.Outcome.AGREED if agreed else Decision.Outcome.NOT_AGREED
        decision.outcome_reason = "Everyone was heard, and this is what most could live with."
        decision.decided_on = decision.closes_on
        decision.recorded_by_id = maker.staff[0]
        decision.save()
    maker.counts["decisions"] += 1
