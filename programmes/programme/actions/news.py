"""Record that somebody without an address was told the news of their role."""

from django.utils import timezone
from django.utils.translation import gettext as _

from programmes.programme import rules
from programmes.programme.models.joining import RoleNotice
from wellbeing.lib.actions import action
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User


@action
def record_told(*, notice: RoleNotice, how: str, by: User) -> RoleNotice:
    """Record that `by` told somebody the news, and `how`. Return the RoleNotice. Harmless the second time.

    Raises ActionError when `by` is not staff of the programme, or without `how`. Locks the notice.
    """
    rules.can_manage_programme(by, notice.programme).insist()
    if not how.strip():
        raise ActionError(_("Say how you told them."), field="how")
    notice = RoleNotice.objects.select_for_update().get(pk=notice.pk)
    if notice.told_at is None:
        notice.told_at, notice.told_by, notice.told_how = timezone.now(), by.person, how.strip()
        notice.save(update_fields=["told_at", "told_by", "told_how"])
    return notice
