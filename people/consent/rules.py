"""Say who may answer for a person what they agree to."""

from django.utils.translation import gettext as _

from people.consent import hooks
from people.directory.models import Person
from people.directory.rules import can_edit_person
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import User


def can_answer(user: User, person: Person) -> Ruling:
    """May `user` say what `person` agrees to? Yes for themselves, and for those who may change their details."""
    if can_edit_person(user, person):
        return YES
    return Ruling(_("You cannot note what this person agrees to."))


def can_take_back(user: User, person: Person) -> Ruling:
    """May `user` note that `person` no longer agrees to something? Yes for those who may answer.

    Also colleagues of a programme that the person has left: taking a yes back must be as easy as giving it (UK GDPR,
    article 7.3).
    """
    return YES if any(may(user, person) for may in hooks.may_take_back) else can_answer(user, person)


def is_own(user: User, person: Person) -> bool:
    """Return whether the answers of `person` are those of `user` themselves."""
    return person.user_id is not None and person.user_id == user.pk
