"""Say who may change a person's details."""

from django.utils.translation import gettext as _

from people import registry
from people.directory.models import Person
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import User


def can_edit_person(user: User, person: Person) -> Ruling:
    """May `user` change the details of `person`?

    Yes if they are that person, an administrator or have a fitting role.
    """
    if user.is_authenticated and user.is_active:
        if person.user_id == user.pk or user.is_administrator:
            return YES
        if any(may_edit(user, person) for may_edit in registry.person_editors):
            return YES
    return Ruling(_("You cannot change this person's details."))
