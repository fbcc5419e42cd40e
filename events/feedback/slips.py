"""The page of a letter of thanks on which its person says how the event was, and sends it back."""

from django.utils.translation import gettext as _

from events.feedback import queries
from events.feedback.models import Answer, FeedbackAsked, FeedbackWords
from people.messages.models import Notice
from people.registry import ReplySlip, SlipQuestion


def asked_of(notice: Notice) -> FeedbackAsked | None:
    """Return what the person of a notice of thanks is asked."""
    key = notice.link.rstrip("/").rpartition("/")[2]
    rows = FeedbackAsked.objects.select_related("round__event__programme", "person")
    return rows.filter(link_key=key, person=notice.person_id).first()


def slip_of(notice: Notice) -> ReplySlip | None:
    """Return the questions of the event of `notice`, without the name of its person; None where none is known."""
    asked = asked_of(notice)
    if asked is None:
        return None
    choices = tuple(answer.label for answer in Answer)
    return ReplySlip(
        _("How was it for you?"),
        (
            *(SlipQuestion(question.words, choices=choices) for question in queries.questions_of(asked.round)),
            *(SlipQuestion(topic.label, lines=4) for topic in FeedbackWords.Topic),
            SlipQuestion(
                _("Who may read what you wrote?"), choices=tuple(readers.label for readers in FeedbackWords.Readers)
            ),
        ),
        nameless=True,
    )
