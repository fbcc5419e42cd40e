"""Say who may tag people, write and read notes about them, and keep organisations."""

from django.utils.translation import gettext as _

from people.directory.models import Person
from programmes.directory.models import PersonNote
from programmes.programme import queries as programme_queries
from programmes.programme.models.programmes import Programme, Role, has_role
from programmes.programme.rules import can_manage_programme, can_see_people
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import User


def can_tag(user: User, programme: Programme) -> Ruling:
    """May `user` make tags and areas of `programme`, and give them? Yes for its staff."""
    return can_manage_programme(user, programme)


def can_write_note(user: User, programme: Programme, person: Person) -> Ruling:
    """May `user` write a note about `person`? Yes for staff of a programme that has them, but not about themselves."""
    if not user.is_authenticated or not has_role(user, programme, Role.STAFF):
        return Ruling(_("Only programme staff can write notes about people."))
    if person.pk == user.person.pk:
        return Ruling(_("You cannot write a note about yourself. What you tell us about yourself is in your details."))
    if not programme_queries.is_of(programme, person):
        return Ruling(_("This person is not in this programme."))
    return YES


def can_change_note(user: User, note: PersonNote) -> Ruling:
    """May `user` change a note or who reads it? Yes for its writer, while they are staff."""
    if note.taken_at is not None:
        return Ruling(_("This note was taken away."))
    if note.written_by.user_id == user.pk and has_role(user, note.programme_id, Role.STAFF):
        return YES
    return Ruling(_("Only the person who wrote a note can change it."))


def can_see_organisations(user: User, programme: Programme) -> bool:
    """May `user` see the organisations of `programme` and who belongs to them? Yes for those who see its people."""
    return can_see_people(user, programme)


def can_keep_organisations(user: User, programme: Programme) -> Ruling:
    """May `user` add and change organisations of `programme`? Yes for its staff."""
    return can_manage_programme(user, programme)
