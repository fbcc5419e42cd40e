"""Say who reads who takes part, who makes a report, and who sets the profile of the area."""

from django.utils.translation import gettext as _

from programmes.participation.models import ParticipationReport
from programmes.participation.periods import Period
from programmes.programme.models.programmes import Programme, Role, has_role
from programmes.programme.rules import can_manage_programme
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import User


def can_read(user: User, programme: Programme) -> Ruling:
    """May `user` read the reports? Yes for programme staff and the steering group."""
    if can_manage_programme(user, programme) or has_role(user, programme, Role.STEERING):
        return YES
    return Ruling(_("Only programme staff and the steering group can read this."))


def can_set_profile(user: User, programme: Programme) -> Ruling:
    """May `user` type in or bring in the profile of the area? Yes for programme staff."""
    return can_manage_programme(user, programme)


def can_make(user: User, programme: Programme, period: Period | None) -> Ruling:
    """May `user` make the report on `period`? Yes for programme staff, once for each quarter that is over."""
    allowed = can_manage_programme(user, programme)
    if not allowed:
        return allowed
    if period is None:
        return Ruling(_("A report can be made once the quarter is over."))
    if ParticipationReport.objects.filter(programme=programme, first_on=period.first).exists():
        return Ruling(_("This report is made already. Each is made once, so that nobody can compare two."))
    return YES
