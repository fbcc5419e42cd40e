"""Say who may read about impact, and who writes it down."""

from django.utils.translation import gettext as _

from programmes.impact import queries
from programmes.impact.models import ImpactPaper
from programmes.programme.models.programmes import Programme, Role, has_role
from programmes.programme.rules import can_manage_programme, can_see_programme
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import User


def can_read(user: User, programme: Programme) -> bool:
    """May `user` read the impact page? Yes for people of the programme, and for everybody once it is shared."""
    return can_see_programme(user, programme) or queries.is_shared(programme)


def can_write(user: User, programme: Programme) -> Ruling:
    """May `user` write down vision, aims, activities and changes, and share the page? Yes for programme staff."""
    return can_manage_programme(user, programme)


def can_ask_for_paper(user: User, programme: Programme) -> Ruling:
    """May `user` have the paper made? Yes for programme staff and the steering group."""
    if can_write(user, programme) or has_role(user, programme, Role.STEERING):
        return YES
    return Ruling(_("Only programme staff and the steering group can have this paper made."))


def can_see_paper(user: User, paper: ImpactPaper) -> bool:
    """May `user` open a paper that was made? Yes for those who may read the page."""
    return can_read(user, paper.programme)
