"""Who may see and manage a programme, and give roles in it."""

from django.utils.translation import gettext as _

from programmes.programme import queries
from programmes.programme.models.joining import CreatorRight
from programmes.programme.models.programmes import Role, has_role, new_in_finance_until, roles_of
from wellbeing.lib.dates import long_date, time_of_day
from wellbeing.lib.rulings import YES, Ruling


def can_see_programme(user, programme):
    """Whether `user` may open the programme's page: anyone with a role in it, and administrators."""
    return user.is_authenticated and (user.is_administrator or bool(roles_of(user).get(programme.pk)))


def can_manage_programme(user, programme):
    """Ruling on changing the programme, its people, groups and events: its staff, and administrators."""
    if user.is_authenticated and (user.is_administrator or has_role(user, programme, Role.STAFF)):
        return YES
    return Ruling(_("Only programme staff can do this. Ask a member of the programme's staff."))


def can_create_programme(user):
    """Ruling on setting up a new programme: administrators, and whom an administrator gave the right."""
    known = user.is_authenticated and user.is_active
    if known and (user.is_administrator or CreatorRight.objects.filter(person__user=user, ended_at=None).exists()):
        return YES
    return Ruling(_("To set up a programme, ask an administrator to give you the right to."))


def can_see_people(user, programme):
    """Whether `user` may see everyone in the programme: its staff and finance, and administrators."""
    return user.is_authenticated and (user.is_administrator or has_role(user, programme, Role.STAFF, Role.FINANCE))


def can_see_access_needs(user, programme):
    """Whether `user` may see what people need to take part: staff, who arrange it. Finance has no use for it."""
    return bool(can_manage_programme(user, programme))


def can_administer(user):
    """Ruling on what only administrators of the installation do."""
    if user.is_authenticated and user.is_administrator:
        return YES
    return Ruling(_("Only administrators can do this."))


def can_give_role(user, programme, person):
    """Ruling on giving `person` a role: staff may, but nobody gives one to themselves."""
    allowed = can_manage_programme(user, programme)
    if not allowed:
        return allowed
    if person.pk == user.person.pk:
        return Ruling(_("You cannot give a role to yourself. Ask a colleague to do it."))
    return can_bring_in(programme, person)


def can_bring_in(programme, person):
    """Ruling on giving `person` anything in `programme`: only people it has added, who are asked whether they join."""
    if queries.is_of(programme, person):
        return YES
    return Ruling(_("This person is not in this programme. Add them with their email address: they are asked there."))


def is_able_finance(user, programme):
    """Whether `user` is in finance of `programme` (or its id) and past the time in which somebody new there waits."""
    return has_role(user, programme, Role.FINANCE) and new_in_finance_until(user, programme) is None


def no_longer_new_in_finance(user, programme):
    """Ruling on confirming, signing and downloading: not while `user` is new in finance of `programme` (or its id)."""
    until = new_in_finance_until(user, programme)
    if until is None:
        return YES
    return Ruling(
        _("You are new in finance. You can do this from %(day)s, %(time)s, so that your colleagues can see who joins.")
        % {"day": long_date(until), "time": time_of_day(until)}
    )


def can_still_decide(appointment):
    """Ruling on deciding an appointment at all: only while it waits to be confirmed."""
    if appointment.status == appointment.Status.WAITING:
        return YES
    return Ruling(_("This has been decided: %s.") % appointment.get_status_display())
