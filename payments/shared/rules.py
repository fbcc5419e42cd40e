"""Rules that several wings ask."""

from django.utils.translation import gettext as _

from programmes.models import Role, has_role
from wellbeing.lib.rulings import YES, Ruling


def works_with_claims(user, programme):
    """May `user` see what people claimed and had in `programme` (a Programme or its id)?

    Yes for its staff and finance, and for administrators. Returns a Ruling.
    """
    if user.is_authenticated and (user.is_administrator or has_role(user, programme, Role.STAFF, Role.FINANCE)):
        return YES
    return Ruling(_("Only programme staff and finance can see claims."))
