"""Say who may open the form, and answer those who wrote by it."""

from django.utils.translation import gettext as _

from programmes.involved.models import InvolvementInterest
from programmes.programme.models.programmes import Programme
from programmes.programme.rules import can_manage_programme
from wellbeing.lib.rulings import Ruling
from wellbeing.lib.types import User


def can_keep_form(user: User, programme: Programme) -> Ruling:
    """May `user` open, close and word the form, and read who wrote? Yes for staff of the programme."""
    return can_manage_programme(user, programme)


def can_answer(user: User, interest: InvolvementInterest) -> Ruling:
    """May `user` welcome or decline somebody who wrote? Yes for staff of the programme, once."""
    if interest.status != InvolvementInterest.Status.WAITING:
        return Ruling(_("This has been answered: %s.") % interest.get_status_display())
    return can_manage_programme(user, interest.programme)
