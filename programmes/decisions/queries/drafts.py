"""Answer what somebody has begun to write about proposals and not sent, for its writer alone."""

from django.db.models import QuerySet

from programmes.decisions.models import Decision, DecisionDraft
from wellbeing.lib.types import User


def draft_of(user: User, decision: Decision, kind: str) -> DecisionDraft | None:
    """Return what `user` has begun to write of this `kind`, or None."""
    return DecisionDraft.objects.filter(user=user, decision=decision, kind=kind).select_related("version").first()


def drafts_of(user: User, decision: Decision) -> list[DecisionDraft]:
    """Return all that `user` has begun to write about `decision`, the latest first."""
    return list(DecisionDraft.objects.filter(user=user, decision=decision).select_related("version"))


def all_of(user: User) -> QuerySet[DecisionDraft]:
    """Return all that `user` has begun to write about proposals they may still read, the latest first."""
    rows = DecisionDraft.objects.filter(user=user, decision__in=Decision.objects.visible_to(user))
    return rows.select_related("decision__programme")
