"""Say who may see the members of a group, lead it, set its rules, and declare interests."""

from django.utils.translation import gettext as _

from people.directory.models import Person
from programmes.groups import queries
from programmes.programme.models.groups import Group, Term
from programmes.programme.models.programmes import Programme
from programmes.programme.rules import can_manage_programme, can_see_people
from wellbeing.lib.dates import today
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import User


def can_see_members(user: User, group: Group) -> bool:
    """May `user` see who is on `group`? Yes if they see everyone in the programme, and for its own members."""
    return can_see_people(user, group.programme) or queries.term_of(user, group, today()) is not None


def leads(user: User, term: Term | None, programme: Programme) -> bool:
    """Does `user` lead the group on which they serve `term`, or of whose `programme` they are staff?"""
    return (term is not None and term.chairs) or bool(can_manage_programme(user, programme))


def can_lead(user: User, group: Group) -> Ruling:
    """May `user` keep the group's actions and papers? Yes for its chairs and programme staff."""
    if leads(user, queries.term_of(user, group, today()), group.programme):
        return YES
    return Ruling(_("Only the chair, the co-chair or programme staff can do this."))


def can_set_rules(user: User, group: Group) -> Ruling:
    """May `user` write down the rules of `group`? Yes for its chairs and programme staff; the group agrees a change."""
    return can_lead(user, group)


def can_see_interests(user: User, group: Group) -> bool:
    """May `user` read the register of interests? Yes for the members of the group and programme staff."""
    return bool(can_manage_programme(user, group.programme)) or queries.term_of(user, group, today()) is not None


def can_declare_for(user: User, group: Group, person: Person) -> Ruling:
    """May `user` write into the register for `person`? For themselves while a member; staff for a member who asks."""
    serves = group.terms.effective_on(today()).filter(person=person).exists()
    if not serves:
        return Ruling(_("Only members of this group are in its register of interests."))
    if person.pk == user.person.pk:
        return YES
    return can_manage_programme(user, group.programme)
