"""Questions about an event, who is asked, what was answered without who answered it, and who spoke."""

from events.feedback.models.answers import FeedbackTally, FeedbackWords
from events.feedback.models.questions import Answer, FeedbackQuestion, FeedbackRule, Side
from events.feedback.models.rounds import FeedbackAsked, FeedbackRound, Way
from events.feedback.models.spoke import HowMany, WhoSpoke

__all__ = [
    "Answer",
    "FeedbackAsked",
    "FeedbackQuestion",
    "FeedbackRound",
    "FeedbackRule",
    "FeedbackTally",
    "FeedbackWords",
    "HowMany",
    "Side",
    "Way",
    "WhoSpoke",
]
