"""Who may do what in a programme. Each rule says yes or no; those a person may wonder about also say why not."""

from django.utils.translation import gettext as _

from wellbeing.lib.dates import long_date, time_of_day, today
from wellbeing.lib.rulings import YES, Ruling

from . import queries
from .models import CreatorRight, Decision, Role, Term
from .models.roles import has_role, new_in_finance_until, roles_of


def can_see_programme(user, programme):
    """Whether `user` may open the programme's page: anyone with a role in it, and administrators."""
    return user.is_authenticated and (user.is_administrator or bool(roles_of(user).get(programme.pk)))


def can_manage_programme(user, programme):
    """Whether `user` may change the programme, its people, groups and events: its staff, and administrators."""
    return user.is_authenticated and (user.is_administrator or has_role(user, programme, Role.STAFF))


def can_create_programme(user):
    """Whether `user` may set up a new programme: administrators, and whom an administrator gave the right."""
    if not user.is_authenticated or not user.is_active:
        return False
    return user.is_administrator or CreatorRight.objects.filter(person__user=user, ended_at=None).exists()


def can_see_people(user, programme):
    """Whether `user` may see everyone in the programme: its staff and finance, and administrators."""
    return user.is_authenticated and (user.is_administrator or has_role(user, programme, Role.STAFF, Role.FINANCE))


def can_see_access_needs(user, programme):
    """Whether `user` may see what people need to take part: staff, who arrange it. Finance has no use for it."""
    return can_manage_programme(user, programme)


def can_see_members(user, group):
    """Whether `user` may see who is on `group`: those who see everyone in the programme, and its own members."""
    return can_see_people(user, group.programme) or queries.term_of(user, group, today()) is not None


def must_manage(user, programme):
    """Ruling on changing the programme, its people and groups."""
    if can_manage_programme(user, programme):
        return YES
    return Ruling(_("Only programme staff can do this. Ask a member of the programme's staff."))


def must_create(user):
    """Ruling on setting up a new programme."""
    if can_create_programme(user):
        return YES
    return Ruling(_("To set up a programme, ask an administrator to give you the right to."))


def must_be_administrator(user):
    """Ruling on what only administrators of the installation do."""
    if user.is_authenticated and user.is_administrator:
        return YES
    return Ruling(_("Only administrators can do this."))


def can_give_creator_right(user, person):
    """Ruling on giving `person` the right to set up programmes: administrators, never to themselves."""
    allowed = must_be_administrator(user)
    if allowed and person.pk == user.person.pk:
        return Ruling(_("As an administrator you can set up programmes already."))
    return allowed


def can_give_role(user, programme, person):
    """Ruling on giving `person` a role: staff may, but nobody gives one to themselves."""
    if not can_manage_programme(user, programme):
        return must_manage(user, programme)
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


def can_see_appointment(user, appointment):
    """Whether `user` may open an appointment: staff and finance of its programme, administrators, whom it is about."""
    return can_see_people(user, appointment.programme) or user.person.pk == appointment.person_id


def must_wait(appointment):
    """Ruling on deciding an appointment: only while it waits to be confirmed."""
    if appointment.status == appointment.Status.WAITING:
        return YES
    return Ruling(_("This has been decided: %s.") % appointment.get_status_display())


def can_confirm_appointment(user, appointment):
    """Ruling on confirming that somebody is staff or finance: finance of the programme, or an administrator.

    Neither who proposed it nor whom it is about, and nobody who is new in finance.
    """
    waits = must_wait(appointment)
    if not waits:
        return waits
    if user.person.pk == appointment.proposed_by_id:
        return Ruling(_("You proposed this, so somebody else has to confirm it: finance or an administrator."))
    if user.person.pk == appointment.person_id:
        return Ruling(_("This is about you, so somebody else has to confirm it."))
    if appointment.person.joined_at is None:
        return Ruling(_("They have not said yes to this programme yet. You can confirm once they have."))
    if user.is_administrator and user.person.pk in queries.proposers_behind(appointment):
        return Ruling(_("You proposed the person who proposes this, so another administrator or finance confirms it."))
    if user.is_administrator or is_able_finance(user, appointment.programme):
        return YES
    if has_role(user, appointment.programme, Role.FINANCE):
        return no_longer_new_in_finance(user, appointment.programme)
    return Ruling(_("Only finance of this programme or an administrator can confirm this."))


def can_refuse_appointment(user, appointment):
    """Ruling on refusing or withdrawing an appointment: who proposed it, and staff, finance and administrators."""
    waits = must_wait(appointment)
    if not waits:
        return waits
    if can_see_people(user, appointment.programme):
        return YES
    return Ruling(_("Only staff and finance of this programme can refuse this."))


def can_see_decisions(user, programme):
    """Whether `user` may open the programme's decisions: its staff and steering group, and administrators."""
    return user.is_authenticated and (user.is_administrator or has_role(user, programme, Role.STAFF, Role.STEERING))


def can_propose(user, programme):
    """Whether `user` may put a proposal to a steering group of the programme: its staff and its members."""
    return can_see_decisions(user, programme)


def can_propose_to(user, group):
    """Ruling on putting a proposal to `group`: programme staff, and its own members in office."""
    if can_manage_programme(user, group.programme) or queries.term_of(user, group, today()):
        return YES
    return Ruling(_("Only members of this group and programme staff can put a proposal to it."))


def can_edit(user, decision):
    """Ruling on changing the words of a proposal: its proposer and staff, until the first member has spoken."""
    if decision.status != Decision.Status.OPEN:
        return _closed(decision)
    if not _is_proposer(user, decision) and not can_manage_programme(user, decision.programme):
        return Ruling(_("Only the person who put this forward, or programme staff, can change its words."))
    if decision.positions.exists():
        return Ruling(
            _("A member has already said where they stand on these words, so they cannot change. Withdraw it instead.")
        )
    return YES


def can_take_position(user, decision, term):
    """Ruling on saying where one stands. `term` is the user's term in office on the decision's group, or None."""
    if decision.status != Decision.Status.OPEN:
        return _closed(decision)
    if term is None:
        return Ruling(_("Only members of this group, during their term of office, can say where they stand."))
    return YES


def can_close(user, decision, term):
    """Ruling on recording the outcome: programme staff, or the chair or co-chair of the group.

    `term` is the user's term in office on the decision's group, or None.
    """
    if decision.status != Decision.Status.OPEN:
        return _closed(decision)
    chairs = term is not None and term.office in {Term.Office.CHAIR, Term.Office.CO_CHAIR}
    if chairs or can_manage_programme(user, decision.programme):
        return YES
    return Ruling(_("Only the chair, the co-chair or programme staff can record what was decided."))


def can_see_who_is_silent(user, decision, term, positions):
    """Whether `user` may see who has not said yet: whoever asks them for their view, staff and the chairs.

    Not once one of the `positions` came without its name: whoever is missing from the list would be who gave it.
    """
    return bool(can_close(user, decision, term)) and all(position.named for position in positions)


def can_withdraw(user, decision):
    """Ruling on withdrawing a proposal: the person who put it forward, and programme staff."""
    if decision.status != Decision.Status.OPEN:
        return _closed(decision)
    if _is_proposer(user, decision) or can_manage_programme(user, decision.programme):
        return YES
    return Ruling(_("Only the person who put this forward, or programme staff, can withdraw it."))


def _is_proposer(user, decision):
    return decision.proposed_by_id == user.person.pk and can_see_decisions(user, decision.programme)


def _closed(decision):
    if decision.status == Decision.Status.DECIDED:
        return Ruling(_("This has been decided, so it can no longer change."))
    return Ruling(_("This has been withdrawn, so it can no longer change."))
