"""Take answers in, without keeping whose they are."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from programmes.reviews import rules
from programmes.reviews.calculations import DOES_NOT_APPLY, STEPS
from programmes.reviews.models import ReviewAsked, ReviewComment, ReviewRound, ReviewTally, Section
from wellbeing.lib import nameless
from wellbeing.lib.actions import action
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User


@action
def answer(
    *,
    asked: ReviewAsked,
    values: Mapping[int, int],
    by: User | None,
    comments: Mapping[str, str] | None = None,
    way: str = ReviewAsked.Way.PAGE,
) -> None:
    """Count the answers of somebody who is asked, and note the day on which they answered, apart from them.

    `values` is {key of a statement: 1 to 5, or 0 for "does not apply"}; what is left out is not answered. `comments` is
    {Section: words}. `by` is the member of staff who enters what was said by phone or on paper, or None for the
    personal link. Raises ActionError for a round that takes no answers, a second time, and where nothing was answered.
    Locks the round, so that answers come in one after the other, and what was asked of the person. Writes nothing with
    a history, which would keep the moment.
    """
    review = ReviewRound.objects.select_for_update().get(pk=asked.round_id)
    asked = ReviewAsked.objects.select_for_update(of=("self",)).select_related("round__programme").get(pk=asked.pk)
    if by is not None:
        rules.can_enter_for(by, asked).insist()
        if way not in {ReviewAsked.Way.PHONE, ReviewAsked.Way.PAPER}:
            raise ActionError(_("Say if they answered by phone or on paper."), field="way")
    rules.can_answer(review).insist()
    if asked.answered_on is not None:
        raise ActionError(_("Your answers are in already. Nobody can find them again to change them."))
    said = {section: words.strip() for section, words in (comments or {}).items() if words.strip()}
    if not values and not said:
        raise ActionError(_("Answer at least one of the questions, or write a comment."))
    _check(review, values, said)
    asked.answered_on, asked.way, asked.taken_by = today(), way, by.person if by else None
    asked.save(update_fields=["answered_on", "way", "taken_by"])
    nameless.count(review.tallies.all(), question="statement", side=asked.side, values=values)
    nameless.keep_shuffled(
        review.comments.all(),
        [ReviewComment(round=review, section=section, side=asked.side, words=words) for section, words in said.items()],
    )


def _check(review: ReviewRound, values: Mapping[int, int], comments: Mapping[str, str]) -> None:
    statements = set(ReviewTally.objects.filter(round=review).values_list("statement", flat=True))
    if not set(values) <= statements or not set(values.values()) <= {DOES_NOT_APPLY, *STEPS}:
        raise ActionError(_("These are not the questions of this review. Open the page again."))
    if not set(comments) <= set(Section.values):
        raise ActionError(_("These are not the questions of this review. Open the page again."))
