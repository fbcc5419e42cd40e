"""Write a proposal and its words, and lock one: the parts that several actions share. They check no rule."""

from typing import Any

from programmes.decisions import telling
from programmes.decisions.models import Decision, Version
from programmes.groups.models import GroupRules
from programmes.programme.models.groups import Group
from wellbeing.lib.dates import today
from wellbeing.lib.types import User


def locked(decision: Decision) -> Decision:
    """Return `decision` as it stands now, locked until the transaction ends, with its words and its rules."""
    rows = Decision.objects.select_for_update(of=["self"])
    return rows.select_related("programme", "group", "rules", "version").get(pk=decision.pk)


def put_forward(
    *,
    group: Group,
    group_rules: GroupRules,
    by: User,
    wording: str,
    stage: str = Decision.Status.DECIDING,
    **fields: Any,
) -> Decision:
    """Write a proposal of `group` with its first wording, and tell its members. Return the Decision."""
    decision = Decision.objects.create(
        programme=group.programme,
        group=group,
        rules=group_rules,
        status=stage,
        opened_on=today(),
        deciding_from=today() if stage == Decision.Status.DECIDING else None,
        proposed_by=by.person,
        **fields,
    )
    write_version(decision, wording, by, "")
    telling.tell_opened(decision, but=by.person)
    return decision


def write_version(decision: Decision, wording: str, by: User, why: str) -> Version:
    """Give a locked proposal its next wording. Return the Version, which Postgres makes the proposal's own."""
    version = Version.objects.create(
        decision=decision,
        number=decision.versions.count() + 1,
        wording=wording.strip(),
        why=why,
        written_by=by.person,
        asked_on=today(),
    )
    decision.version = version
    return version
