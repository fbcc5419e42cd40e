"""Say who may see and set the policy."""

from django.utils.translation import gettext as _

from people.models import User
from programmes.models import Programme, Role, has_role
from programmes.programme.rules import can_see_programme
from wellbeing.lib.rulings import YES, Ruling


# The policy
def can_see_policy(user: User, programme: Programme) -> Ruling:
    """May `user` read "How we pay you" before anything is published? Yes if they are in the programme."""
    if can_see_programme(user, programme):
        return YES
    return Ruling(_("Only people in this programme can read this page."))


def can_set_policy(user: User, programme: Programme) -> Ruling:
    """May `user` draft and publish a version of the policy? Yes if they are programme staff, or administrators."""
    if user.is_authenticated and (user.is_administrator or has_role(user, programme, Role.STAFF)):
        return YES
    return Ruling(_("Only programme staff can change how people are paid."))
