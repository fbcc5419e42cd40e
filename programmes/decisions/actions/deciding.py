"""Record what came of a proposal, by the rules it was put under, and seal its record."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from programmes.decisions import rules, sealing, telling
from programmes.decisions.models import CountedVoice, Decision, Seal
from programmes.decisions.putting import locked, put_forward
from programmes.decisions.queries.standing import Standing, Voice
from programmes.groups import queries as group_queries
from programmes.groups.models import GroupRules
from programmes.programme.models.groups import Group
from wellbeing.lib.actions import action
from wellbeing.lib.dates import long_date, today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User

Status, Outcome = Decision.Status, Decision.Outcome


@action
def record_outcome(
    *,
    decision: Decision,
    outcome: str,
    reason: str,
    by: User,
    what_changes: str = "",
    decided_on: dt.date | None = None,
    in_force_on: dt.date | None = None,
    review_on: dt.date | None = None,
    safe_to_try: bool = False,
    urgency_reason: str = "",
) -> Decision:
    """Record what the group decided (a Decision.Outcome) and why, seal it, and tell people. Return the decision.

    COME_BACK puts it off, at any time. Agreed is "agreed with changes" by itself where the words changed. `decided_on`
    is today by default. `urgency_reason` says why the group's rule for urgent decisions applies: the group is then
    asked to confirm or reverse it. Raises ActionError for what the rules it was put under do not allow, without a
    reason, for a day before members were asked or still to come, and for a review on or before it. Locks the decision.
    """
    decision = locked(decision)
    rules.can_close(by, decision, group_queries.term_of(by, decision.group, today())).insist()
    decided_on = decided_on or today()
    if not reason.strip():
        raise ActionError(_("Say why."), field="reason")
    if not (decision.deciding_from or decision.opened_on) <= decided_on <= today():
        raise ActionError(
            _("The day must be between the day members were asked for their views and today."), field="decided_on"
        )
    if review_on is not None and review_on <= decided_on:
        raise ActionError(_("The day to look at it again must come after the decision."), field="review_on")
    if safe_to_try and review_on is None:
        raise ActionError(_("Something that is safe enough to try is looked at again. Say when."), field="review_on")
    standing = Standing(decision, decided_on)
    if outcome != Outcome.COME_BACK:
        urgency_reason = _insist_on_rules(standing, outcome, urgency_reason)
    decision.status, decision.outcome = _stage_and_outcome(decision, outcome)
    decision.outcome_reason, decision.what_changes = reason.strip(), what_changes.strip()
    decision.decided_on, decision.recorded_by = decided_on, by.person
    decision.in_force_on = (in_force_on or decided_on) if decision.status == Status.DECIDED else None
    decision.review_on, decision.safe_to_try = review_on, safe_to_try
    decision.urgency_reason = urgency_reason if outcome != Outcome.COME_BACK else ""
    decision.save()
    _seal(decision, standing.voices)
    if decision.was_urgent:
        _ask_to_ratify(decision, by)
    telling.tell_outcome(decision, but=by.person)
    return decision


@action
def seal_those_of_before(*, by: User | None) -> int:
    """Seal the decisions that were made before records were sealed, in the order they were made. Return how many."""
    made = Decision.objects.filter(status__in=[*Decision.MADE, Status.DEFERRED], seal=None)
    decisions = list(made.select_related("group").order_by("decided_on", "pk"))
    for decision in decisions:
        _seal(decision, Standing(decision, decision.decided_on or today()).voices)
    return len(decisions)


def _insist_on_rules(standing: Standing, outcome: str, urgency_reason: str) -> str:
    """Raise ActionError for what the rules do not allow. Return `urgency_reason` where it was needed, else nothing."""
    if not standing.decision.takes_views:
        raise ActionError(_("Members have not been asked for their views on this yet."))
    without = standing.lacks()
    lacks = standing.lacks(urgency_reason=urgency_reason)
    if lacks:
        raise ActionError(" ".join(lacks))
    if why_not := standing.why_not(agreed=outcome != Outcome.NOT_AGREED):
        raise ActionError(why_not, field="outcome")
    return urgency_reason.strip() if without else ""


def _stage_and_outcome(decision: Decision, outcome: str) -> tuple[str, str]:
    if outcome == Outcome.COME_BACK:
        return Status.DEFERRED, outcome
    if outcome == Outcome.NOT_AGREED:
        return Status.NOT_AGREED, outcome
    # A proposal that members were asked about has its words.
    assert decision.version is not None
    changed = decision.version.number > 1
    return Status.DECIDED, Outcome.AGREED_WITH_CHANGES if changed else Outcome.AGREED


def _seal(decision: Decision, voices: list[Voice]) -> None:
    """Seal the record of `decision`, with whose voice counted, after the last seal of its group. Locks the group."""
    Group.objects.select_for_update().get(pk=decision.group_id)
    last = Seal.objects.filter(group=decision.group_id).order_by("number").last()
    CountedVoice.objects.bulk_create(
        [
            CountedVoice(decision=decision, member=voice.member, seat=voice.seat, position=voice.position)
            for voice in voices
        ]
    )
    content = sealing.content_of(decision, salt=sealing.new_salt())
    previous = last.digest if last else ""
    Seal.objects.create(
        group_id=decision.group_id,
        decision=decision,
        number=last.number + 1 if last else 1,
        previous=previous,
        content=content,
        digest=sealing.digest_of(previous, content),
        sealed_at=timezone.now(),
    )


def _ask_to_ratify(decision: Decision, by: User) -> None:
    """Ask the group to confirm or reverse an urgent decision, in the days its rules name or those of any proposal."""
    group_rules = GroupRules.objects.in_force_on(decision.group, today())
    assert group_rules is not None
    days = max(group_rules.open_days, group_rules.ratify_days)
    title = _("Confirm or reverse: %(title)s") % {"title": decision.title}
    words = _(
        "“%(title)s” was decided on %(date)s by the group's rule for urgent decisions. We confirm it. If this is not"
        " agreed, it is reversed."
    ) % {"title": decision.title, "date": long_date(decision.decided_on or today())}
    # The group asked for it in its rules: who may propose does not matter here.
    put_forward(
        group=decision.group,
        group_rules=group_rules,
        by=by,
        wording=words,
        title=title[:150],
        background=decision.urgency_reason,
        closes_on=today() + dt.timedelta(days=days),
        method=decision.method if decision.method in group_rules.methods else group_rules.methods[0],
        earlier=decision,
        relation=Decision.Relation.RATIFIES,
    )
