"""Decisions of a group: the wording, every view with its reason, objections and answers, the outcome, the seal."""

from .decisions import Decision, DecisionQuerySet, Option, Version
from .drafts import DecisionDraft
from .files import DecisionFile
from .positions import DISSENT, OBJECTS, OPPOSES, STANCES, SUPPORTS, DeclaredInterest, LateView, Position, Stance, Way
from .records import ActionPoint, CountedVoice, DecisionReview, Resealing, Seal
from .talk import Objection, ObjectionReply, Question, Thought

__all__ = [
    "DISSENT",
    "OBJECTS",
    "OPPOSES",
    "STANCES",
    "SUPPORTS",
    "ActionPoint",
    "CountedVoice",
    "Decision",
    "DecisionDraft",
    "DecisionFile",
    "DecisionQuerySet",
    "DecisionReview",
    "DeclaredInterest",
    "LateView",
    "Objection",
    "ObjectionReply",
    "Option",
    "Position",
    "Question",
    "Resealing",
    "Seal",
    "Stance",
    "Thought",
    "Version",
    "Way",
]
