"""Act on the results of a round: give the steering group actions, and put the results on paper."""

import datetime as dt

from django.utils.translation import gettext as _

from people.directory.models import Person
from people.jobs import actions as job_actions
from people.jobs.models import Job
from programmes.decisions.actions import following
from programmes.reviews import queries, rules
from programmes.reviews.documents import JOB_KIND
from programmes.reviews.models import Layout, ResultsPaper, ReviewAction, ReviewRound, ReviewStatement
from wellbeing.lib.actions import action
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User


@action
def add_action(
    *,
    review: ReviewRound,
    title: str,
    owner: Person,
    due_on: dt.date,
    by: User,
    statement: ReviewStatement | None = None,
) -> ReviewAction:
    """Give the steering group an action because of `review`, perhaps of one low `statement`, and return it.

    Raises ActionError for a statement that was not asked, and as `decisions.actions.following.add_point`.
    """
    rules.can_add_action(by, review).insist()
    group = queries.steering_group(review.programme)
    # The rule asks for one.
    assert group is not None
    if statement is not None and not review.tallies.filter(statement=statement).exists():
        raise ActionError(_("That statement is not part of this review."))
    point = following.add_point(group=group, title=title, owner=owner, due_on=due_on, by=by)
    return ReviewAction.objects.create(round=review, statement=statement, point=point)


@action
def ask_for_paper(*, review: ReviewRound, layout: str, by: User) -> Job | None:
    """Let a worker put the results of `review` on paper. Return its Job, or None where the paper is made already.

    Raises ActionError where `by` may not see them, and for an unknown layout.
    """
    rules.can_see_results(by, review).insist()
    if layout not in {Layout.STANDARD, Layout.LARGE_PRINT}:
        raise ActionError(_("Choose standard print or large print."))
    paper, _new = ResultsPaper.objects.get_or_create(round=review, layout=layout, defaults={"asked_by": by.person})
    if paper.made_at is not None:
        return None
    return job_actions.start(kind=JOB_KIND, subject_id=paper.pk, by=by, total=1)
