"""Say who sees to emails that came back."""

from django.utils.translation import gettext as _

from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import User


def can_see_reports(user: User) -> Ruling:
    """May `user` see to emails that came back and that are nobody else's task? Yes for administrators."""
    return YES if user.is_administrator else Ruling(_("Only administrators see to these."))
