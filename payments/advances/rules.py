"""Say who may see and record advances and bookings."""

from django.utils.translation import gettext as _

from payments.shared.rules import works_with_claims
from people.models import User
from programmes.models import Programme, Role, has_role
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import ProgrammeId


def can_see_advances(user: User, programme: Programme | ProgrammeId) -> Ruling:
    """May `user` see the advances and bookings of `programme`? Yes for its staff and finance, and administrators."""
    return works_with_claims(user, programme)


def can_record_advances(user: User, programme: Programme | ProgrammeId) -> Ruling:
    """May `user` record advances and bookings in `programme`? Yes if they are its staff or finance."""
    if has_role(user, programme, Role.STAFF, Role.FINANCE):
        return YES
    return Ruling(_("Only staff and finance of this programme can record what people had before."))
