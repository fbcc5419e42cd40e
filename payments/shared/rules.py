"""Rules that several wings ask."""

from django.utils.translation import gettext as _

from people.models import User
from programmes.models import Programme, Role, has_role
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import ProgrammeId


def works_with_claims(user: User, programme: Programme | ProgrammeId) -> Ruling:
    """May `user` see claims and advances of `programme`? Yes if they are its staff or finance, or administrators."""
    if user.is_authenticated and (user.is_administrator or has_role(user, programme, Role.STAFF, Role.FINANCE)):
        return YES
    return Ruling(_("Only programme staff and finance can see claims."))
