"""Thank who came and ask them for feedback; close it."""

import datetime as dt

from django.utils.translation import gettext as _

from events.feedback import queries, rules
from events.feedback.models import (
    Answer,
    FeedbackAsked,
    FeedbackQuestion,
    FeedbackRound,
    FeedbackRule,
    FeedbackTally,
    Side,
)
from events.planning.models import Event
from events.planning.transitions import lock_event
from people.jobs import actions as jobs
from people.jobs.models import Job
from programmes.heard.queries import fewest_for_members
from wellbeing.lib.actions import action
from wellbeing.lib.dates import long_date, today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User

# The kind of job that thanks who came.
THANKS = "event_thanks"
# Of two answers each giver knows the other's, whatever may be shown of other counts.
LEAST = 3


@action
def thank(*, event: Event, by: User | None, next_words: str = "") -> Job:
    """Start to thank who came to `event` and has not been thanked, and to ask them for feedback. Return the Job.

    The first time it begins the feedback: its questions and its last day are those of today, and so is the promise from
    how many answers on a group is shown. `next_words` says what happens next, in the words of staff. `by` is None where
    the rule of the programme starts it. Raises ActionError before who came is recorded, once the time to answer is
    over, and where everybody has been thanked. Locks the event.
    """
    event = lock_event(event.pk)
    (rules.can_thank(by, event) if by else rules.can_be_thanked_for(event)).insist()
    number = queries.to_thank(event).count()
    if not number:
        raise ActionError(_("Everybody who came has been thanked."))
    round = queries.round_of(event)
    if round is None:
        _begin(event, by, next_words)
    elif next_words and next_words != round.next_words:
        round.next_words = next_words
        round.save(update_fields=["next_words"])
    return jobs.start(kind=THANKS, subject_id=event.pk, by=by, total=number)


def _begin(event: Event, by: User | None, next_words: str) -> FeedbackRound:
    on = today()
    questions = FeedbackQuestion.objects.in_force_on(event.programme, on)
    if not questions:
        raise ActionError(_("There are no questions to ask yet."))
    rule = FeedbackRule.objects.in_force_on(event.programme, on)
    round = FeedbackRound.objects.create(
        event=event,
        asked_on=on,
        closes_on=on + dt.timedelta(days=rule.open_days),
        fewest=max(LEAST, fewest_for_members(on)),
        next_words=next_words,
        started_by=by.person if by else None,
    )
    # All of them are there from the beginning: a count that came with its first answer would tell when that was given.
    FeedbackTally.objects.bulk_create(
        FeedbackTally(round=round, question=question, side=side, value=value)
        for question in questions
        for side in Side.values
        for value in Answer.values
    )
    return round


@action
def ask(*, round: FeedbackRound, most: int, by: User | None) -> list[FeedbackAsked]:
    """Note up to `most` more people who came as thanked and asked, each in their group, and return what was noted.

    In the transaction that writes their messages. Locks the event and the feedback.
    """
    event = lock_event(round.event_id)
    round = FeedbackRound.objects.select_for_update().get(pk=round.pk)
    if not rules.can_be_thanked_for(event):
        return []
    return FeedbackAsked.objects.bulk_create(
        FeedbackAsked(round=round, person=row.person, side=queries.side_of(row.part), asked_on=today())
        for row in queries.to_thank(event)[:most]
    )


@action
def give_more_time(*, round: FeedbackRound, closes_on: dt.date, by: User) -> FeedbackRound:
    """Take answers until a later day, and return the feedback. Raises ActionError for any other day. Locks it."""
    round = FeedbackRound.objects.select_for_update().get(pk=round.pk)
    rules.can_close(by, round).insist()
    if closes_on <= round.closes_on or closes_on < today():
        raise ActionError(
            _("Choose a day after %(date)s.") % {"date": long_date(max(round.closes_on, today()))}, field="closes_on"
        )
    round.closes_on = closes_on
    round.save(update_fields=["closes_on"])
    return round


@action
def close(*, round: FeedbackRound, by: User | None) -> FeedbackRound:
    """Take no more answers, and return the feedback, whose results can be seen now. Harmless the second time.

    `by` is None once its last day has gone; before that, staff close it. Raises ActionError for anybody else. Locks it.
    """
    round = FeedbackRound.objects.select_for_update().get(pk=round.pk)
    if round.is_over:
        return round
    if by is not None:
        rules.can_close(by, round).insist()
    elif today() <= round.closes_on:
        raise ActionError(_("People can still answer."))
    round.status, round.closed_on = FeedbackRound.Status.CLOSED, today()
    round.save(update_fields=["status", "closed_on"])
    return round
