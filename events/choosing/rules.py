"""Say who may keep saved lists, and who may set how often somebody is asked."""

from django.utils.translation import gettext as _

from people.directory.models import Person
from people.directory.rules import can_edit_person
from programmes.programme.models.programmes import Programme
from programmes.programme.rules import can_manage_programme
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import User


def can_keep_lists(user: User, programme: Programme) -> Ruling:
    """May `user` read, save and change the saved lists of `programme`? Yes for its staff."""
    return can_manage_programme(user, programme)


def can_set_limit(user: User, person: Person) -> Ruling:
    """May `user` say how often `person` wishes to be invited? Yes for themselves, and for staff on their behalf."""
    if can_edit_person(user, person):
        return YES
    return Ruling(_("Only they themselves, or programme staff for them, can say how often they wish to be invited."))
