"""Follow up what was decided: who does what by when, how far it is, and looking at it again."""

import datetime as dt

from django.utils.translation import gettext as _

from people.directory.models import Person
from programmes.decisions import rules
from programmes.decisions.models import ActionPoint, Decision, DecisionReview
from programmes.decisions.putting import locked
from programmes.groups import queries as group_queries
from programmes.groups import rules as group_rules
from programmes.programme.models.groups import Group
from wellbeing.lib.actions import action
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User


@action
def add_point(
    *, group: Group, title: str, owner: Person, due_on: dt.date, by: User, decision: Decision | None = None
) -> ActionPoint:
    """Write down that `owner` does something by the day `due_on`, because of a `decision` or a meeting. Return it.

    Raises ActionError for a day that has gone, an owner who has no part in the programme, and another group's decision.
    """
    group_rules.can_lead(by, group).insist()
    if decision is not None and decision.group_id != group.pk:
        raise ActionError(_("That decision is another group's."))
    if due_on < today():
        raise ActionError(_("Choose today or a later day."), field="due_on")
    if not group_queries.people_of(group, today()).filter(pk=owner.pk).exists():
        raise ActionError(_("Choose somebody who is in the programme today."), field="owner")
    return ActionPoint.objects.create(
        group=group,
        decision=decision,
        title=title.strip(),
        owner=owner,
        due_on=due_on,
        created_by=by.person,
        created_on=today(),
    )


@action
def say_progress(*, point: ActionPoint, progress: str, by: User, status: str = ActionPoint.Status.OPEN) -> ActionPoint:
    """Say how far an action is, or that it is done or will not be. Return it. Its owner, the chairs and staff may.

    Raises ActionError once it is closed, and without a reason for one that will not be done. Locks it.
    """
    point = ActionPoint.objects.select_for_update().select_related("group").get(pk=point.pk)
    if point.owner_id != by.person.pk:
        group_rules.can_lead(by, point.group).insist()
    if point.status != ActionPoint.Status.OPEN:
        raise ActionError(_("This action is closed."))
    if status == ActionPoint.Status.DROPPED and not progress.strip():
        raise ActionError(_("Say why it will not be done."), field="progress")
    point.progress, point.progress_on, point.status = progress.strip(), today(), status
    point.closed_on = None if status == ActionPoint.Status.OPEN else today()
    point.save(update_fields=["progress", "progress_on", "status", "closed_on"])
    return point


@action
def review(
    *, decision: Decision, happened: str, result: str, by: User, next_on: dt.date | None = None
) -> DecisionReview:
    """Record that the group looked at a decision again: what happened, good and bad, and what follows. Return it.

    Raises ActionError without words, for a next day that has gone, and for a decision that was not agreed. Locks the
    decision.
    """
    decision = locked(decision)
    rules.can_follow_up(by, decision, group_queries.term_of(by, decision.group, today())).insist()
    if decision.status != Decision.Status.DECIDED:
        raise ActionError(_("Only something that was agreed is looked at again."))
    if not happened.strip():
        raise ActionError(_("Say what happened because of it."), field="happened")
    if next_on is not None and next_on <= today():
        raise ActionError(_("Choose a day to come."), field="next_on")
    return DecisionReview.objects.create(
        decision=decision,
        reviewed_on=today(),
        happened=happened.strip(),
        result=result,
        next_on=next_on,
        recorded_by=by.person,
    )
