"""Take answers about an event in, without keeping whose they are."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from events.feedback import rules
from events.feedback.models import Answer, FeedbackAsked, FeedbackRound, FeedbackTally, FeedbackWords
from wellbeing.lib import nameless
from wellbeing.lib.actions import action
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User


@action
def answer(
    *,
    asked: FeedbackAsked,
    values: Mapping[int, int],
    by: User | None,
    words: Mapping[str, str] | None = None,
    readers: str = FeedbackWords.Readers.STAFF,
    name: str = "",
    way: str = FeedbackAsked.Way.PAGE,
) -> None:
    """Count the answers of somebody who came, and note the day on which they answered, apart from them.

    `values` is {key of a question: Answer}; what is left out is not answered. `words` is {FeedbackWords.Topic: words},
    for these `readers`, with the `name` the person wants put to them, or "". `by` is the member of staff who enters
    what was said by phone or on paper, or None for the personal link. Raises ActionError where no answers are taken, a
    second time, and where nothing was answered. Locks the feedback, so that answers come in one after the other, and
    what was asked of the person. Writes nothing with a history, which would keep the moment.
    """
    round = FeedbackRound.objects.select_for_update().get(pk=asked.round_id)
    rows = FeedbackAsked.objects.select_for_update(of=("self",)).select_related("round__event__programme")
    asked = rows.get(pk=asked.pk)
    if asked.answered_on is not None:
        raise ActionError(_("Your answers are in already. Nobody can find them again to change them."))
    if by is not None:
        rules.can_enter_for(by, asked).insist()
        if way not in {FeedbackAsked.Way.PHONE, FeedbackAsked.Way.PAPER}:
            raise ActionError(_("Say if they answered by phone or on paper."), field="way")
    rules.can_answer_now(asked).insist()
    said = {topic: text.strip() for topic, text in (words or {}).items() if text.strip()}
    if not values and not said:
        raise ActionError(_("Answer at least one of the questions, or write something in your own words."))
    _check(round, values, said, readers)
    asked.answered_on, asked.way, asked.taken_by = today(), way, by.person if by else None
    asked.save(update_fields=["answered_on", "way", "taken_by"])
    nameless.count(round.tallies.all(), question="question", side=asked.side, values=values)
    nameless.keep_shuffled(
        round.words.all(),
        [
            FeedbackWords(round=round, side=asked.side, topic=topic, words=text, readers=readers, name=name.strip())
            for topic, text in said.items()
        ],
    )


def _check(round: FeedbackRound, values: Mapping[int, int], words: Mapping[str, str], readers: str) -> None:
    questions = set(FeedbackTally.objects.filter(round=round).values_list("question", flat=True))
    if (
        not set(values) <= questions
        or not set(values.values()) <= set(Answer.values)
        or not set(words) <= set(FeedbackWords.Topic.values)
        or readers not in FeedbackWords.Readers.values
    ):
        raise ActionError(_("These are not the questions about this event. Open the page again."))
