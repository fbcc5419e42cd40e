"""Say who may see and manage a programme, and give roles in it."""

from django.utils.translation import gettext as _

from people.directory.models import Person
from programmes.programme import queries
from programmes.programme.models.groups import Term
from programmes.programme.models.joining import Appointment, CreatorRight
from programmes.programme.models.programmes import (
    Membership,
    Programme,
    Role,
    has_role,
    new_in_finance_until,
    roles_of,
)
from wellbeing.lib.dates import long_date, time_of_day
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import ProgrammeId, User


def can_see_programme(user: User, programme: Programme) -> bool:
    """May `user` open the programme's page? Yes if they have a role in it, and for administrators."""
    return user.is_authenticated and (user.is_administrator or bool(roles_of(user).get(programme.pk)))


def can_manage_programme(user: User, programme: Programme) -> Ruling:
    """May `user` change the programme, its people, groups and events? Yes for its staff and administrators."""
    if user.is_authenticated and (user.is_administrator or has_role(user, programme, Role.STAFF)):
        return YES
    return Ruling(_("Only programme staff can do this. Ask a member of the programme's staff."))


def can_create_programme(user: User) -> Ruling:
    """May `user` set up a new programme? Yes for administrators and people an administrator gave the right."""
    active = user.is_authenticated and user.is_active
    if active and (user.is_administrator or CreatorRight.objects.filter(person__user=user, ended_at=None).exists()):
        return YES
    return Ruling(_("To set up a programme, ask an administrator to give you the right to."))


def can_see_people(user: User, programme: Programme) -> bool:
    """May `user` see everyone in the programme? Yes for its staff and finance, and for administrators."""
    return user.is_authenticated and (user.is_administrator or has_role(user, programme, Role.STAFF, Role.FINANCE))


def can_see_access_needs(user: User, programme: Programme) -> bool:
    """May `user` see what people need to take part? Yes for staff, who arrange it. Finance has no use for it."""
    return bool(can_manage_programme(user, programme))


def can_administer(user: User) -> Ruling:
    """May `user` do what only administrators of the installation do?"""
    if user.is_authenticated and user.is_administrator:
        return YES
    return Ruling(_("Only administrators can do this."))


def can_give_role(user: User, programme: Programme, person: Person) -> Ruling:
    """May `user` give `person` a role? Yes for staff, but not to themselves, and only to people of the programme."""
    allowed = can_manage_programme(user, programme)
    if not allowed:
        return allowed
    if person.pk == user.person.pk:
        return Ruling(_("You cannot give a role to yourself. Ask a colleague to do it."))
    return can_bring_in(programme, person)


def can_bring_in(programme: Programme, person: Person) -> Ruling:
    """May `person` be given anything in `programme`?

    Yes if it has added them, so that they are asked whether they join.
    """
    if queries.is_of(programme, person):
        return YES
    return Ruling(_("This person is not in this programme. Add them with their email address: they are asked there."))


def can_end(user: User, row: Membership | Term, programme: Programme) -> Ruling:
    """May `user` end a role or seat in `programme`? Yes for its staff, and for who holds it.

    A role as staff or finance is ended by staff alone: others rely on it.
    """
    works = isinstance(row, Membership) and row.role in (Role.STAFF, Role.FINANCE)
    if not works and row.person_id == user.person.pk:
        return YES
    return can_manage_programme(user, programme)


def is_able_finance(user: User, programme: Programme | ProgrammeId) -> bool:
    """Return whether `user` is in finance of `programme` and their waiting time as a newcomer is over."""
    return has_role(user, programme, Role.FINANCE) and new_in_finance_until(user, programme) is None


def no_longer_new_in_finance(user: User, programme: Programme | ProgrammeId) -> Ruling:
    """May `user` confirm, sign and download in `programme`? Not while they are new in its finance."""
    until = new_in_finance_until(user, programme)
    if until is None:
        return YES
    return Ruling(
        _("You are new in finance. You can do this from %(day)s, %(time)s, so that your colleagues can see who joins.")
        % {"day": long_date(until), "time": time_of_day(until)}
    )


def can_still_decide(appointment: Appointment) -> Ruling:
    """May an appointment be decided at all? Yes while it waits to be confirmed."""
    if appointment.status == appointment.Status.WAITING:
        return YES
    return Ruling(_("This has been decided: %s.") % appointment.get_status_display())
