"""The decisions that everybody may read: those made under rules by which the group tells everyone. No names."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from programmes.decisions.models import (
    DISSENT,
    OPPOSES,
    SUPPORTS,
    CountedVoice,
    Decision,
    Position,
    Stance,
)
from programmes.groups.models import GroupRules
from programmes.programme.models.groups import Term
from programmes.programme.models.programmes import Programme
from wellbeing.lib.suppression import may_show, suppressed


@dataclass
class PublicDecision:
    """A decision as everybody reads it.

    `dissent` is [(position in words, the person's own words), …]; `took_part`, `support` and `against` are numbers of
    members, or None where they are too few for the public. `later` are published decisions that put it right, confirm
    or reverse it.
    """

    decision: Decision
    dissent: list[tuple[str, str]] = field(default_factory=list)
    took_part: int | None = None
    support: int | None = None
    against: int | None = None
    later: list[Decision] = field(default_factory=list)
    names: re.Pattern[str] | None = None

    def without_names(self, words: str) -> str:
        """Return `words` with "[a member]" in place of each name of a member of its group."""
        return self.names.sub(_("[a member]"), words) if self.names else words

    @property
    def title(self) -> str:
        return self.without_names(self.decision.title)

    @property
    def wording(self) -> str:
        return self.without_names(self.decision.wording)

    @property
    def why(self) -> str:
        return self.without_names(self.decision.outcome_reason)

    @property
    def what_changes(self) -> str:
        return self.without_names(self.decision.what_changes)

    @property
    def waits_to_be_confirmed(self) -> bool:
        """Return whether it was decided sooner than usual and the group has yet to confirm or reverse it."""
        return self.decision.was_urgent and not any(one.relation == Decision.Relation.RATIFIES for one in self.later)


def published(programme: Programme) -> QuerySet[Decision]:
    """Return what `programme` decided under rules that tell everyone, agreed or not, the newest first."""
    return (
        Decision.objects.filter(programme=programme, status__in=Decision.MADE, rules__reach=GroupRules.Reach.PUBLIC)
        .select_related("group", "programme", "rules", "version")
        .order_by("-decided_on", "-pk")
    )


def publishes(programme: Programme, on: dt.date) -> bool:
    """Return whether `programme` has such decisions, or a group whose rules on the day `on` tell everyone."""
    in_force = GroupRules.objects.filter(group__programme=programme).newest_on(on)
    return any(rules.reach == GroupRules.Reach.PUBLIC for rules in in_force) or published(programme).exists()


def as_everybody_reads(decisions: Sequence[Decision]) -> list[PublicDecision]:
    """Return published `decisions` with what else everybody may read of them. Four queries, however many there are."""
    names = _names_of_members({decision.group_id for decision in decisions})
    found = {decision.pk: PublicDecision(decision, names=names.get(decision.group_id)) for decision in decisions}
    _add_dissent(found, decisions)
    _add_numbers(found)
    later = Decision.objects.filter(earlier__in=found, status__in=Decision.MADE, rules__reach=GroupRules.Reach.PUBLIC)
    for one in later.order_by("pk"):
        if one.earlier_id is not None:
            found[one.earlier_id].later.append(one)
    return list(found.values())


def _names_of_members(groups: Collection[int]) -> dict[int, re.Pattern[str]]:
    """Return for each of `groups` a pattern of every name by which somebody who ever had a seat on it is called."""
    names: dict[int, set[str]] = defaultdict(set)
    terms = Term.objects.filter(group__in=groups).order_by()
    for group, full_name, known_as in terms.values_list("group", "person__full_name", "person__known_as"):
        whole = {name for name in (full_name, known_as) if name}
        names[group] |= whole | {part for name in whole for part in name.split() if len(part) > 1}
    # The longest first: a full name is taken out as one.
    return {
        group: re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(found, key=len, reverse=True)))})\b")
        for group, found in names.items()
    }


def _add_dissent(found: dict[int, PublicDecision], decisions: Sequence[Decision]) -> None:
    """Add the words of dissent, by how far they go, then in order of the words, which does not tell who said them.

    A position without words is left out: alone it would be nothing but a small count.
    """
    versions = [decision.version_id for decision in decisions]
    rows = Position.objects.filter(version__in=versions, stance__in=DISSENT).exclude(reason="")
    said: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
    for decision, stance, reason in rows.values_list("decision", "stance", "reason"):
        said[decision].append((Stance.values.index(stance), reason, stance))
    for decision, words in said.items():
        found[decision].dissent = [
            (str(Stance(stance).label), found[decision].without_names(reason))
            for _step, reason, stance in sorted(words)
        ]


def _add_numbers(found: dict[int, PublicDecision]) -> None:
    """Add how many took part and on which side, where that is not too few for the public by the decision's rules."""
    counted = (
        CountedVoice.objects.filter(decision__in=found, position__isnull=False)
        .order_by()
        .values_list("decision")
        .annotate(
            all=Count("pk"),
            support=Count("pk", filter=Q(position__stance__in=SUPPORTS)),
            against=Count("pk", filter=Q(position__stance__in=OPPOSES)),
        )
    )
    for decision, everybody, support, against in counted:
        row = found[decision]
        fewest = row.decision.rules.fewest_public if row.decision.rules else 0
        if fewest and may_show(everybody, fewest):
            row.took_part = everybody
            row.support, row.against, _rest = suppressed([support, against, everybody - support - against], fewest)
