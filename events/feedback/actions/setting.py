"""Set what a programme asks about its events, and when: from a day on."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from events.feedback.models import FeedbackQuestion, FeedbackRule
from programmes.models import Programme
from programmes.programme.rules import can_manage_programme
from wellbeing.lib.actions import action
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User

# As many as somebody answers in two minutes.
MOST_QUESTIONS = 10


@action
def set_questions(
    *, programme: Programme, effective_from: dt.date, questions: Sequence[str], by: User
) -> list[FeedbackQuestion]:
    """Let `programme` ask its own questions about events from a day on, in the order given. Return them.

    People who are asked already keep the questions of the day they were asked. Raises ActionError for a day that has
    gone or has a set, without a question, and for too many. Locks the programme.
    """
    _check(programme, effective_from, by)
    words = [line.strip() for line in questions if line.strip()]
    if not words:
        raise ActionError(_("Write at least one question."), field="questions")
    if len(words) > MOST_QUESTIONS:
        raise ActionError(
            _("Write %(most)s questions or fewer: people answer in two minutes.") % {"most": MOST_QUESTIONS},
            field="questions",
        )
    if FeedbackQuestion.objects.filter(programme=programme, effective_from=effective_from).exists():
        raise ActionError(_("There are questions from that day. Choose a later one."), field="effective_from")
    return FeedbackQuestion.objects.bulk_create(
        FeedbackQuestion(programme=programme, effective_from=effective_from, position=position, words=line)
        for position, line in enumerate(words, 1)
    )


@action
def set_rule(
    *,
    programme: Programme,
    effective_from: dt.date,
    thank_after_days: int,
    thank_within_days: int,
    open_days: int,
    by: User,
    after_meetings: bool = False,
) -> FeedbackRule:
    """Set when who came to events of `programme` is thanked, and how long they can answer. Return the FeedbackRule.

    Raises ActionError for a day that has gone or has a rule, and for numbers that make no sense. Locks the programme.
    """
    _check(programme, effective_from, by)
    if thank_within_days < thank_after_days:
        raise ActionError(_("Enter as many days as above, or more."), field="thank_within_days")
    if open_days < 1:
        raise ActionError(_("Enter 1 or more."), field="open_days")
    if FeedbackRule.objects.filter(programme=programme, effective_from=effective_from).exists():
        raise ActionError(_("There is a rule from that day. Choose a later one."), field="effective_from")
    return FeedbackRule.objects.create(
        programme=programme,
        effective_from=effective_from,
        thank_after_days=thank_after_days,
        thank_within_days=thank_within_days,
        open_days=open_days,
        after_meetings=after_meetings,
        set_by=by.person,
    )


def _check(programme: Programme, effective_from: dt.date, by: User) -> None:
    can_manage_programme(by, programme).insist()
    Programme.objects.select_for_update().get(pk=programme.pk)
    if effective_from < today():
        raise ActionError(_("Choose today or a later day."), field="effective_from")
