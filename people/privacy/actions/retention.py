"""List what was kept long enough, and remove it once it has been listed for the time of the rule."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.privacy import hooks, rules
from people.privacy.models import DueForRetention, PrivacyRule
from wellbeing.lib.actions import action
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User

# A night lists and removes so many of a kind at most: what is left comes the next night.
MOST_A_NIGHT = 2000


class RetentionError(ActionError):
    """Error when rows that are due to be removed cannot be held; its message says why."""


@action
def list_due(*, kind: str, by: User | None) -> int:
    """List what of `kind` has been kept as long as its rule of today says. Return how many are new."""
    today = timezone.localdate()
    of_kind = hooks.retention_kinds[kind]
    rule = PrivacyRule.objects.effective_on(of_kind.rule, today)
    if rule is None:
        return 0
    listed = set(DueForRetention.objects.filter(kind=kind, done_at=None).values_list("subject_id", flat=True))
    removed_on = today + rules.time_for(PrivacyRule.Kind.LISTED, today).delta
    new = [
        DueForRetention(kind=kind, subject_id=key, since=since, listed_on=today, removed_on=removed_on)
        for key, since in of_kind.due(rule, today, None)
        if key not in listed
    ][:MOST_A_NIGHT]
    DueForRetention.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
    return len(new)


@action
def remove_due(*, line: DueForRetention, by: User | None) -> bool:
    """Remove what `line` names, if its day has come and it is still due. Return whether it is removed.

    What has been used again since is due no more: its line ends without removing anything. Locks the line.
    """
    line = DueForRetention.objects.select_for_update().get(pk=line.pk)
    today = timezone.localdate()
    if line.done_at or line.held_at or line.removed_on > today:
        return False
    of_kind = hooks.retention_kinds[line.kind]
    rule = PrivacyRule.objects.effective_on(of_kind.rule, today)
    key = line.subject_id
    still_due = rule is not None and any(one == key for one, _since in of_kind.due(rule, today, key))
    if still_due:
        try:
            with transaction.atomic():
                of_kind.remove(key)
        except ActionError as error:
            line.problem = str(error)[:300]
            line.save(update_fields=["problem"])
            return False
    line.done_at, line.problem = timezone.now(), "" if still_due else _("It has been used again, so it stays.")
    line.save(update_fields=["done_at", "problem"])
    return still_due


@action
def hold(*, line: DueForRetention, why: str, by: User) -> DueForRetention:
    """Keep what is due to be removed, for a reason. Return the line. Raises RetentionError for anyone but an
    administrator, without a reason, and when it is removed. Locks the line.
    """
    line = DueForRetention.objects.select_for_update().get(pk=line.pk)
    if not by.is_administrator:
        raise RetentionError(_("Only administrators do this."))
    if not why.strip():
        raise RetentionError(_("Say why it has to stay."), field="why")
    if line.done_at:
        raise RetentionError(_("It is removed already."))
    line.held_at, line.held_by, line.held_why = timezone.now(), by.person, why.strip()
    line.save(update_fields=["held_at", "held_by", "held_why"])
    return line


@action
def let_go(*, line: DueForRetention, by: User) -> DueForRetention:
    """Let what was held be removed after all, after the time for which things are listed. Return the line.

    Raises RetentionError for anyone but an administrator. Locks the line.
    """
    line = DueForRetention.objects.select_for_update().get(pk=line.pk)
    if not by.is_administrator:
        raise RetentionError(_("Only administrators do this."))
    line.held_at, line.held_by, line.held_why = None, None, ""
    line.removed_on = timezone.localdate() + rules.time_for(PrivacyRule.Kind.LISTED).delta
    line.save(update_fields=["held_at", "held_by", "held_why", "removed_on"])
    return line
