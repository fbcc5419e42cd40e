"""Say who may take a break, step back, leave and come back: people themselves, and staff on their behalf."""

from django.utils.translation import gettext as _

from people.directory.models import Person
from programmes.programme.models.pauses import Comeback
from programmes.programme.models.programmes import Programme
from programmes.programme.queries import is_of
from programmes.programme.rules import can_manage_programme
from programmes.taking_part import queries
from wellbeing.lib.dates import today
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import User


def can_speak_for(user: User, person: Person, programme: Programme) -> Ruling:
    """May `user` change the part of `person` in `programme`? Yes for themselves, and for its staff on their behalf."""
    if person.user_id is not None and person.user_id == user.pk:
        return YES
    if not is_of(programme, person):
        return Ruling(_("This person is not in this programme."))
    return can_manage_programme(user, programme)


def can_take_break(user: User, person: Person, programme: Programme) -> Ruling:
    """May `user` note a break for `person`? Yes while that person holds anything in the programme."""
    allowed = can_speak_for(user, person, programme)
    if allowed and not queries.is_in(person, programme, today()):
        return Ruling(_("There is no role in this programme to take a break from."))
    return allowed


def can_leave(user: User, person: Person, programme: Programme) -> Ruling:
    """May `user` end the whole part of `person`? Yes, unless they are its staff or finance: colleagues end that."""
    allowed = can_take_break(user, person, programme)
    if allowed and queries.works_there(person, programme, today()):
        return Ruling(_("A role as staff or finance is ended first, by a member of staff."))
    return allowed


def can_ask_to_come_back(user: User, person: Person, programme: Programme) -> Ruling:
    """May `user` ask to come back? Yes for somebody who had a role in the programme and has none now, once."""
    if person.user_id is None or person.user_id != user.pk:
        return Ruling(_("Only the person themselves asks to come back. Staff give them a role on their page."))
    if queries.is_in(person, programme, today()):
        return Ruling(_("You are in this programme."))
    if not queries.programmes_of(person).filter(pk=programme.pk).exists():
        return Ruling(_("You have not been in this programme."))
    if queries.waiting_comeback(person, programme):
        return Ruling(_("You have asked to come back. The programme has not answered yet."))
    return YES


def can_answer_comeback(user: User, comeback: Comeback) -> Ruling:
    """May `user` answer the wish to come back? Yes for staff of the programme, once; nobody answers their own."""
    if comeback.answered_at is not None:
        return Ruling(_("This has been answered."))
    if comeback.person.user_id == user.pk:
        return Ruling(_("Somebody else answers what you asked."))
    return can_manage_programme(user, comeback.programme)
