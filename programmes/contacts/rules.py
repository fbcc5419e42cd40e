"""Say who may choose contacts."""

from programmes.programme.models.programmes import Programme
from programmes.programme.rules import can_manage_programme
from wellbeing.lib.rulings import Ruling
from wellbeing.lib.types import User


def can_choose_contacts(user: User, programme: Programme) -> Ruling:
    """May `user` choose who is whose contact in `programme`? Yes for its staff."""
    return can_manage_programme(user, programme)
