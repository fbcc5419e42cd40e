"""Say who may open the dashboard of a steering group, and have it as a paper."""

from django.utils.translation import gettext as _

from programmes.decisions.rules import is_inside
from programmes.programme.models.programmes import Programme
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import User


def can_see_dashboard(user: User, programme: Programme) -> Ruling:
    """May `user` open the dashboard and its papers? Yes for the steering group, programme staff, administrators."""
    if is_inside(user, programme):
        return YES
    return Ruling(_("Only the steering group and programme staff can open this page."))
