"""Say what the reader of a proposal's page may do there."""

import datetime as dt
from functools import cached_property

from programmes.decisions import rules
from programmes.decisions.models import Decision, DecisionDraft, LateView
from programmes.decisions.queries.drafts import drafts_of
from programmes.decisions.shown import ShownDraft
from programmes.groups import queries as group_queries
from programmes.programme.models.groups import Term
from wellbeing.lib.types import User


class ReaderMay:
    """The part of a page of `decision` that says what its reader `user` may do on the day `on`."""

    decision: Decision
    user: User
    on: dt.date

    @cached_property
    def term(self) -> Term | None:
        return group_queries.term_of(self.user, self.decision.group, self.on)

    @cached_property
    def may_speak(self) -> bool:
        return bool(rules.can_take_position(self.user, self.decision, self.term))

    @cached_property
    def may_talk(self) -> bool:
        return bool(rules.can_talk(self.user, self.decision, self.term))

    @cached_property
    def drafts(self) -> list[ShownDraft]:
        """Return what the reader has begun to write about it and not sent."""
        if not rules.is_inside(self.user, self.decision.programme):
            return []
        may = {
            DecisionDraft.Kind.VIEW: self.may_speak or self.may_add_late,
            DecisionDraft.Kind.THOUGHT: self.may_think,
            DecisionDraft.Kind.QUESTION: self.may_talk,
        }
        found = drafts_of(self.user, self.decision)
        return [ShownDraft.of(draft, self.decision, may_go_on=may[DecisionDraft.Kind(draft.kind)]) for draft in found]

    @property
    def may_think(self) -> bool:
        return self.term is not None and self.decision.is_open and not self.decision.takes_views

    @cached_property
    def may_close(self) -> bool:
        return bool(rules.can_close(self.user, self.decision, self.term))

    @cached_property
    def may_edit(self) -> bool:
        return bool(rules.can_edit(self.user, self.decision))

    @cached_property
    def may_amend(self) -> bool:
        return bool(rules.can_amend(self.user, self.decision))

    @cached_property
    def may_withdraw(self) -> bool:
        return bool(rules.can_withdraw(self.user, self.decision))

    @cached_property
    def may_declare(self) -> bool:
        return bool(rules.can_declare(self.user, self.decision, self.term))

    @cached_property
    def may_record(self) -> bool:
        return self.decision.takes_views and bool(rules.can_record_for(self.user, self.decision))

    @cached_property
    def may_follow_up(self) -> bool:
        return bool(rules.can_follow_up(self.user, self.decision, self.term))

    @cached_property
    def may_add_late(self) -> bool:
        """Return whether the reader was a member when it was decided, and has added nothing since."""
        decision = self.decision
        if decision.decided_on is None or LateView.objects.filter(decision=decision, person=self.user.person).exists():
            return False
        then = Term.objects.effective_on(decision.decided_on).filter(group=decision.group, person=self.user.person)
        return then.exists()
