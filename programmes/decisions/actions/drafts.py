"""Keep what a member is typing about a proposal until they send it."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from programmes.decisions import rules
from programmes.decisions.models import Decision, DecisionDraft, LateView, Position, Question, Thought, Version
from programmes.groups import queries as group_queries
from wellbeing.lib.actions import action
from wellbeing.lib.dates import today
from wellbeing.lib.types import User

Kind = DecisionDraft.Kind
# Ticks alone are no words: a form is opened with some of them.
SAYS_NOTHING = {"named", "version"}


@action
def keep(
    *, decision: Decision, kind: str, fields: Mapping[str, Sequence[str]], by: User, version: Version | None = None
) -> DecisionDraft | None:
    """Keep the `fields` of a form that `by` is filling in, in place of what was kept. Return the draft.

    `version` is the wording they have before them, by default the newest. Return None, and keep nothing, for an empty
    form and for one that was sent just as it is: a browser may still be on its way with it. Raises ActionError for
    somebody who could not send it.
    """
    term = group_queries.term_of(by, decision.group, today())
    rules.can_keep_draft(by, decision, term, kind).insist()
    typed = {name: list(values) for name, values in fields.items() if any(value.strip() for value in values)}
    if not set(typed) - SAYS_NOTHING or _was_sent(decision, kind, typed, by):
        discard(decision=decision, kind=kind, by=by)
        return None
    about = version or decision.version
    # A proposal has words from the day it is put forward.
    assert about is not None
    draft, _created = DecisionDraft.objects.update_or_create(
        user=by,
        decision=decision,
        kind=kind,
        defaults={"version": about, "fields": typed, "saved_at": timezone.now()},
    )
    return draft


@action
def discard(*, decision: Decision, kind: str, by: User) -> None:
    """Throw away what `by` has begun to write of this `kind`. Harmless the second time."""
    DecisionDraft.objects.filter(user=by, decision=decision, kind=kind).delete()


@action
def purge(*, now: dt.datetime, by: User | None) -> int:
    """Throw away drafts nobody touched for FORM_DRAFT_DAYS about what was closed as long ago. Return how many."""
    since = now - dt.timedelta(days=settings.FORM_DRAFT_DAYS)
    closed = Q(decision__decided_on__lt=since.date()) | Q(decision__withdrawn_on__lt=since.date())
    return DecisionDraft.objects.filter(closed, saved_at__lt=since).delete()[0]


def _was_sent(decision: Decision, kind: str, typed: Mapping[str, list[str]], by: User) -> bool:
    """Return whether `by` has said the very same already."""
    person = by.person

    def first(name: str) -> str:
        return "\n".join(typed.get(name, [""])[0].split())

    def same(row: Position | Thought | LateView | Question, *names: str) -> bool:
        return all("\n".join(str(getattr(row, name)).split()) == first(name) for name in names) and (
            row.named == ("named" in typed)
        )

    if kind == Kind.QUESTION:
        return any(same(row, "words") for row in Question.objects.filter(decision=decision, person=person))
    if kind == Kind.THOUGHT:
        thoughts = Thought.objects.filter(version=decision.version_id, person=person)
        return any(row.passes == ("passes" in typed) and same(row, "words", "matters") for row in thoughts)
    late = LateView.objects.filter(decision=decision, person=person)
    views = Position.objects.filter(version=decision.version_id, person=person)
    return any(same(row, "stance", "reason") for row in late) or any(
        ("wants_answer" not in typed or row.objections.exists()) and same(row, "stance", "reason", "matters")
        for row in views
    )
