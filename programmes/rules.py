"""Who may do what in a programme. Each rule says yes or no; those a person may wonder about also say why not."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError

from . import queries
from .models import Decision, Role, Term
from .models.roles import has_role, programmes_where, roles_of


@dataclass(frozen=True)
class Verdict:
    """Yes or no, and why not: a translated sentence, empty for yes. True in an `if` when the answer is yes."""

    why_not: str = ""

    def __bool__(self):
        return not self.why_not

    def insist(self):
        """Raise ActionError with the reason when the answer is no."""
        if self.why_not:
            raise ActionError(self.why_not)


YES = Verdict()


def can_see_programme(user, programme):
    """Whether `user` may open the programme's page: anyone with a role in it, and administrators."""
    return user.is_authenticated and (user.is_administrator or bool(roles_of(user).get(programme.pk)))


def can_manage_programme(user, programme):
    """Whether `user` may change the programme, its people, groups and events: its staff, and administrators."""
    return user.is_authenticated and (user.is_administrator or has_role(user, programme, Role.STAFF))


def can_create_programme(user):
    """Whether `user` may set up a new programme: staff of any programme, and administrators."""
    return user.is_authenticated and (user.is_administrator or bool(programmes_where(user, Role.STAFF)))


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
    """Verdict on changing the programme, its people and groups."""
    if can_manage_programme(user, programme):
        return YES
    return Verdict(_("Only programme staff can do this. Ask a member of the programme's staff."))


def must_create(user):
    """Verdict on setting up a new programme."""
    if can_create_programme(user):
        return YES
    return Verdict(_("Only programme staff can set up a programme."))


def can_give_role(user, programme, person):
    """Verdict on giving `person` a role: staff may, but nobody gives one to themselves."""
    if not can_manage_programme(user, programme):
        return must_manage(user, programme)
    if person.pk == user.person.pk:
        return Verdict(_("You cannot give a role to yourself. Ask a colleague to do it."))
    return YES


def can_see_decisions(user, programme):
    """Whether `user` may open the programme's decisions: its staff and steering group, and administrators."""
    return user.is_authenticated and (user.is_administrator or has_role(user, programme, Role.STAFF, Role.STEERING))


def can_propose(user, programme):
    """Whether `user` may put a proposal to a steering group of the programme: its staff and its members."""
    return can_see_decisions(user, programme)


def can_propose_to(user, group):
    """Verdict on putting a proposal to `group`: programme staff, and its own members in office."""
    if can_manage_programme(user, group.programme) or queries.term_of(user, group, today()):
        return YES
    return Verdict(_("Only members of this group and programme staff can put a proposal to it."))


def can_edit(user, decision):
    """Verdict on changing the words of a proposal: its proposer and staff, until the first member has spoken."""
    if decision.status != Decision.Status.OPEN:
        return _closed(decision)
    if not _is_proposer(user, decision) and not can_manage_programme(user, decision.programme):
        return Verdict(_("Only the person who put this forward, or programme staff, can change its words."))
    if decision.positions.exists():
        return Verdict(
            _("A member has already said where they stand on these words, so they cannot change. Withdraw it instead.")
        )
    return YES


def can_take_position(user, decision, term):
    """Verdict on saying where one stands. `term` is the user's term in office on the decision's group, or None."""
    if decision.status != Decision.Status.OPEN:
        return _closed(decision)
    if term is None:
        return Verdict(_("Only members of this group, during their term of office, can say where they stand."))
    return YES


def can_close(user, decision, term):
    """Verdict on recording the outcome: programme staff, or the chair or co-chair of the group.

    `term` is the user's term in office on the decision's group, or None.
    """
    if decision.status != Decision.Status.OPEN:
        return _closed(decision)
    chairs = term is not None and term.office in {Term.Office.CHAIR, Term.Office.CO_CHAIR}
    if chairs or can_manage_programme(user, decision.programme):
        return YES
    return Verdict(_("Only the chair, the co-chair or programme staff can record what was decided."))


def can_see_who_is_silent(user, decision, term, positions):
    """Whether `user` may see who has not said yet: whoever asks them for their view, staff and the chairs.

    Not once one of the `positions` came without its name: whoever is missing from the list would be who gave it.
    """
    return bool(can_close(user, decision, term)) and all(position.named for position in positions)


def can_withdraw(user, decision):
    """Verdict on withdrawing a proposal: the person who put it forward, and programme staff."""
    if decision.status != Decision.Status.OPEN:
        return _closed(decision)
    if _is_proposer(user, decision) or can_manage_programme(user, decision.programme):
        return YES
    return Verdict(_("Only the person who put this forward, or programme staff, can withdraw it."))


def _is_proposer(user, decision):
    return decision.proposed_by_id == user.person.pk and can_see_decisions(user, decision.programme)


def _closed(decision):
    if decision.status == Decision.Status.DECIDED:
        return Verdict(_("This has been decided, so it can no longer change."))
    return Verdict(_("This has been withdrawn, so it can no longer change."))
