"""Proposals: putting one forward, saying where one stands, recording what came of it."""

from django.utils import timezone
from django.utils.translation import gettext as _

from programmes.decisions import rules
from programmes.decisions.models import Decision, Position
from programmes.groups import queries as group_queries
from programmes.programme.models.groups import Group
from wellbeing.lib.actions import action
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError


@action
def propose(*, group, title, wording, closes_on, by, background=""):
    """Put a proposal to a steering group; views are wanted by the date `closes_on`. Returns the Decision.

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
def edit(*, decision, title, wording, closes_on, by, background=""):
    """Change the words of a proposal before any member has spoken. The history keeps the words it had.

    Raises ActionError once somebody has, once it is closed, and when the day has gone.
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
def take_position(*, decision, stance, by, reason="", named=True):
    """Say, or say anew, where the member `by` stands: a Position.Stance, in their own words, named or not.

    The seat is copied from their term of office. Raises ActionError when they are not in office on the group, and
    once the decision is closed. Returns the Position.
    """
    decision = _locked(decision)
    term = group_queries.term_of(by, decision.group, today())
    rules.can_take_position(by, decision, term).insist()
    position, _made = Position.objects.update_or_create(
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
def record_outcome(*, decision, outcome, reason, by, what_changes="", decided_on=None, review_on=None):
    """Close a proposal with its outcome (Decision.Outcome) and why; `reason` answers each objection.

    `decided_on` is a date, today unless told. Raises ActionError without a reason, for a day before the proposal
    was opened or still to come, for a review on or before that day, and once it is closed.
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
def withdraw(*, decision, by, reason=""):
    """Withdraw a proposal; what members said is kept. Raises ActionError once it is closed."""
    decision = _locked(decision)
    rules.can_withdraw(by, decision).insist()
    decision.status, decision.withdrawn_on = Decision.Status.WITHDRAWN, today()
    decision.outcome_reason, decision.recorded_by = reason.strip(), by.person
    decision.save()
    return decision


def _locked(decision):
    return Decision.objects.select_for_update(of=["self"]).select_related("programme", "group").get(pk=decision.pk)


def _not_past(closes_on):
    if closes_on < today():
        raise ActionError(_("The last day for views must be today or later."), field="closes_on")
