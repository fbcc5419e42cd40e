"""Who may see and record advances and bookings."""

from django.utils.translation import gettext as _

from payments.shared.rules import works_with_claims
from programmes.models import Role, has_role
from wellbeing.lib.rulings import YES, Ruling


def can_see_advances(user, programme):
    """The lists of advances and of things booked and paid direct: staff, finance, and administrators."""
    return works_with_claims(user, programme)


def can_record_advances(user, programme):
    """Recording them: staff and finance. `programme` is a Programme or its id."""
    if has_role(user, programme, Role.STAFF, Role.FINANCE):
        return YES
    return Ruling(_("Only staff and finance of this programme can record what people had before."))
