"""Put proposals forward, take positions on them, and record their outcome."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from programmes.decisions import rules
from programmes.decisions.models import Decision, Position
from programmes.groups import queries as group_queries
from programmes.programme.models.groups import Group
from wellbeing.lib.actions import action
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User


@action
def propose(*, group: Group, title: str, wording: str, closes_on: dt.date, by: User, background: str = "") -> Decision:
    """Put a proposal to a steering group; views are wanted by `closes_on`. Return the Decision.

    Raises ActionError for another kind of group, and when the day has gone.
    """
    rules.can_propose_to(by, group).insist()
    if group.kind != Group.Kind.STEERING:
        raise ActionError(_("Decisions are taken by a steering group. Choose one."), field="group")
    _not_past(closes_on)
    return Decision.objects.create(
        programme=group.programme,
        group=group,
        title=title.strip(),
        wording=wording.strip(),
        background=background.strip(),
        closes_on=closes_on,
        proposed_by=by.person,
    )


@action
def edit(
    *, decision: Decision, title: str, wording: str, closes_on: dt.date, by: User, background: str = ""
) -> Decision:
    """Change the words of a proposal before any member has spoken. Return it. The history keeps the words it had.

    Raises ActionError once somebody has, once it is closed, and when the day has gone. Locks the decision.
    """
    decision = _locked(decision)
    rules.can_edit(by, decision).insist()
    if closes_on != decision.closes_on:
        _not_past(closes_on)
    decision.title, decision.wording, decision.background = title.strip(), wording.strip(), background.strip()
    decision.closes_on = closes_on
    decision.save(update_fields=["title", "wording", "background", "closes_on"])
    return decision


@action
def take_position(*, decision: Decision, stance: str, by: User, reason: str = "", named: bool = True) -> Position:
    """Record, or change, the position of the member `by`: a Position.Stance, in their own words, named or not.

    Return it. The seat is copied from their term of office. Raises ActionError when they are not in office on the
    group, and once the decision is closed. Locks the decision.
    """
    decision = _locked(decision)
    term = group_queries.term_of(by, decision.group, today())
    rules.can_take_position(by, decision, term).insist()
    # The rule has asked for it.
    assert term is not None
    position, _created = Position.objects.update_or_create(
        decision=decision,
        person=by.person,
        defaults={
            "seat": term.seat,
            "stance": stance,
            "reason": reason.strip(),
            "named": named,
            "given_at": timezone.now(),
        },
    )
    return position


@action
def record_outcome(
    *,
    decision: Decision,
    outcome: str,
    reason: str,
    by: User,
    what_changes: str = "",
    decided_on: dt.date | None = None,
    review_on: dt.date | None = None,
) -> Decision:
    """Close a proposal with its outcome (Decision.Outcome) and why; `reason` answers each objection. Return it.

    `decided_on` is today by default. Raises ActionError without a reason, for a day before the proposal was opened or
    still to come, for a review on or before that day, and once it is closed. Locks the decision.
    """
    decision = _locked(decision)
    rules.can_close(by, decision, group_queries.term_of(by, decision.group, today())).insist()
    decided_on = decided_on or today()
    if not reason.strip():
        raise ActionError(_("Say why, and how each objection was answered."), field="reason")
    if not decision.opened_on <= decided_on <= today():
        raise ActionError(_("The day must be between the day it was put forward and today."), field="decided_on")
    if review_on is not None and review_on <= decided_on:
        raise ActionError(_("The day to look at it again must come after the decision."), field="review_on")
    decision.status = Decision.Status.DECIDED
    decision.outcome, decision.outcome_reason = outcome, reason.strip()
    decision.what_changes, decision.review_on = what_changes.strip(), review_on
    decision.decided_on, decision.recorded_by = decided_on, by.person
    decision.save()
    return decision


@action
def withdraw(*, decision: Decision, by: User, reason: str = "") -> Decision:
    """Withdraw a proposal and return it; the members' positions are kept. Raises ActionError once it is closed.

    Locks it.
    """
    decision = _locked(decision)
    rules.can_withdraw(by, decision).insist()
    decision.status, decision.withdrawn_on = Decision.Status.WITHDRAWN, today()
    decision.outcome_reason, decision.recorded_by = reason.strip(), by.person
    decision.save()
    return decision


def _locked(decision: Decision) -> Decision:
    return Decision.objects.select_for_update(of=["self"]).select_related("programme", "group").get(pk=decision.pk)


def _not_past(closes_on: dt.date) -> None:
    if closes_on < today():
        raise ActionError(_("The last day for views must be today or later."), field="closes_on")
