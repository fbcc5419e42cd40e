"""Say who may change a person's access needs."""

from django.utils.translation import gettext as _

from people.directory.models import Person
from people.directory.rules import can_edit_person
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import User


def can_set_needs(user: User, person: Person) -> Ruling:
    """May `user` change the access needs of `person`? Yes if they may edit the person's details."""
    if can_edit_person(user, person):
        return YES
    return Ruling(_("You cannot change this person's access needs."))
