"""Say who may confirm and refuse roles."""

from django.utils.translation import gettext as _

from people.directory.models import Person
from programmes.members import queries
from programmes.programme.models.joining import Appointment
from programmes.programme.models.programmes import Role, has_role
from programmes.programme.rules import (
    can_administer,
    can_see_people,
    can_still_decide,
    is_able_finance,
    no_longer_new_in_finance,
)
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import User


def can_give_creator_right(user: User, person: Person) -> Ruling:
    """May `user` give `person` the right to set up programmes? Yes for administrators, but not to themselves."""
    allowed = can_administer(user)
    if not allowed:
        return allowed
    if person.pk == user.person.pk:
        return Ruling(_("As an administrator you can set up programmes already."))
    return can_be_appointed(person)


def can_be_appointed(person: Person) -> Ruling:
    """May `person` be staff or finance, or set up programmes? Yes, unless they share their email address.

    A step with money takes two people, and never two accounts that one mailbox opens.
    """
    if person.shares_address:
        return Ruling(
            _("%(name)s first needs an email address that is theirs alone. They can change it on their own page.")
            % {"name": person}
        )
    return YES


def can_see_appointment(user: User, appointment: Appointment) -> bool:
    """May `user` open an appointment?

    Yes for staff and finance of its programme, administrators and the person it is about.
    """
    return can_see_people(user, appointment.programme) or user.person.pk == appointment.person_id


def can_confirm_appointment(user: User, appointment: Appointment) -> Ruling:
    """May `user` confirm that somebody is staff or finance? Yes for finance of the programme and administrators.

    Not for its proposer, the person it is about, or somebody new in finance.
    """
    waits = can_still_decide(appointment)
    if not waits:
        return waits
    if user.person.pk == appointment.proposed_by_id:
        return Ruling(_("You proposed this, so somebody else has to confirm it: finance or an administrator."))
    if user.person.pk == appointment.person_id:
        return Ruling(_("This is about you, so somebody else has to confirm it."))
    if appointment.person.joined_at is None:
        return Ruling(_("They have not said yes to this programme yet. You can confirm once they have."))
    if not (allowed := can_be_appointed(appointment.person)):
        return allowed
    if user.is_administrator and user.person.pk in queries.proposers_behind(appointment):
        return Ruling(_("You proposed the person who proposes this, so another administrator or finance confirms it."))
    if user.is_administrator or is_able_finance(user, appointment.programme):
        return YES
    if has_role(user, appointment.programme, Role.FINANCE):
        return no_longer_new_in_finance(user, appointment.programme)
    return Ruling(_("Only finance of this programme or an administrator can confirm this."))


def can_refuse_appointment(user: User, appointment: Appointment) -> Ruling:
    """May `user` refuse or withdraw an appointment? Yes for staff and finance of its programme, and administrators."""
    waits = can_still_decide(appointment)
    if not waits:
        return waits
    if can_see_people(user, appointment.programme):
        return YES
    return Ruling(_("Only staff and finance of this programme can refuse this."))
