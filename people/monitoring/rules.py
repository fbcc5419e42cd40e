"""Say who may answer questions about fairness: everybody for themselves, and nobody for anybody else."""

from django.utils.translation import gettext as _

from people import registry
from people.directory.models import Person
from people.monitoring import queries
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import User


def can_answer(user: User, person: Person) -> Ruling:
    """May `user` answer for `person`, or take an answer back? Only for themselves."""
    if person.user_id is not None and person.user_id == user.pk:
        return YES
    return Ruling(_("These questions are answered by each person for themselves."))


def is_asked_at_home(user: User) -> bool:
    """Is `user` asked on the home page? Those who take part are, until they answered or said “not now”."""
    return any(takes_part(user) for takes_part in registry.takes_part) and not queries.is_closed(user.person)
