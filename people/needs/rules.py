"""Say who may change and review a person's access needs."""

from django.utils.translation import gettext as _

from people import registry
from people.directory.models import Person
from people.directory.rules import can_edit_person
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import User


def can_set_needs(user: User, person: Person) -> Ruling:
    """May `user` change the access needs of `person`? Yes if they may edit the person's details."""
    if can_edit_person(user, person):
        return YES
    return Ruling(_("You cannot change this person's access needs."))


def is_own(user: User, person: Person) -> bool:
    """Return whether the needs of `person` are those of `user` themselves."""
    return person.user_id is not None and person.user_id == user.pk


def is_ever_asked(user: User) -> bool:
    """Return whether `user` takes part, so that they are asked once a year if what is recorded of them is right."""
    return any(takes_part(user) for takes_part in registry.takes_part)
