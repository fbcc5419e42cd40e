"""Say who may set the ways to be paid that a programme offers."""

from django.utils.translation import gettext as _

from people.models import User
from programmes.models import Programme, Role, has_role
from wellbeing.lib.rulings import YES, Ruling


def can_set_offer(user: User, programme: Programme) -> Ruling:
    """May `user` set the charity and vouchers of `programme`? Yes for its staff and finance, and administrators."""
    if user.is_authenticated and (user.is_administrator or has_role(user, programme, Role.STAFF, Role.FINANCE)):
        return YES
    return Ruling(_("Only programme staff and finance can change what is offered besides money."))
