"""Who may see and set the policy."""

from django.utils.translation import gettext as _

from programmes.models import Role, has_role
from programmes.programme.rules import can_see_programme
from wellbeing.lib.rulings import YES, Ruling


# The policy
def can_see_policy(user, programme):
    """How we pay you before anything is published, and whom to ask: everybody in the programme."""
    if can_see_programme(user, programme):
        return YES
    return Ruling(_("Only people in this programme can read this page."))


def can_set_policy(user, programme):
    """A new version of the policy: programme staff, and administrators."""
    if user.is_authenticated and (user.is_administrator or has_role(user, programme, Role.STAFF)):
        return YES
    return Ruling(_("Only programme staff can change how people are paid."))
