"""Statements, rounds, who is asked, and what was answered without who answered it."""

from programmes.reviews.models.answers import ReviewComment, ReviewTally
from programmes.reviews.models.following import Layout, ResultsPaper, ReviewAction
from programmes.reviews.models.rounds import ReviewAsked, ReviewRound, Way
from programmes.reviews.models.statements import (
    MAX_STATEMENT,
    Answer,
    ReviewRule,
    ReviewStatement,
    Section,
    Side,
    in_order,
)

__all__ = [
    "MAX_STATEMENT",
    "Answer",
    "Layout",
    "ResultsPaper",
    "ReviewAction",
    "ReviewAsked",
    "ReviewComment",
    "ReviewRound",
    "ReviewRule",
    "ReviewStatement",
    "ReviewTally",
    "Section",
    "Side",
    "Way",
    "in_order",
]
