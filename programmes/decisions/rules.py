"""Say who may propose, take a position, decide and withdraw."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from programmes.decisions.models import Decision, Position
from programmes.groups import queries as group_queries
from programmes.programme.models.groups import Group, Term
from programmes.programme.models.programmes import Programme, Role, has_role
from programmes.programme.rules import can_manage_programme
from wellbeing.lib.dates import today
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import User


def can_see_decisions(user: User, programme: Programme) -> bool:
    """May `user` open the programme's decisions? Yes for its staff and steering group, and for administrators."""
    return user.is_authenticated and (user.is_administrator or has_role(user, programme, Role.STAFF, Role.STEERING))


def can_propose(user: User, programme: Programme) -> bool:
    """May `user` put a proposal to a steering group of the programme? Yes for its staff and steering group."""
    return can_see_decisions(user, programme)


def can_propose_to(user: User, group: Group) -> Ruling:
    """May `user` put a proposal to `group`? Yes for programme staff, and its own members in office."""
    if can_manage_programme(user, group.programme) or group_queries.term_of(user, group, today()):
        return YES
    return Ruling(_("Only members of this group and programme staff can put a proposal to it."))


def can_edit(user: User, decision: Decision) -> Ruling:
    """May `user` change the words of a proposal? Yes for its proposer and staff, until the first member has spoken."""
    if decision.status != Decision.Status.OPEN:
        return _closed(decision)
    if not _is_proposer(user, decision) and not can_manage_programme(user, decision.programme):
        return Ruling(_("Only the person who put this forward, or programme staff, can change its words."))
    if decision.positions.exists():
        return Ruling(
            _("A member has already given their view, so the wording cannot change. Withdraw the proposal instead.")
        )
    return YES


def can_take_position(user: User, decision: Decision, term: Term | None) -> Ruling:  # noqa: ARG001  (every rule begins with who asks)
    """May `user` take a position? Yes while it is open, with `term`, their term in office on the decision's group."""
    if decision.status != Decision.Status.OPEN:
        return _closed(decision)
    if term is None:
        return Ruling(_("Only members of this group, during their term, can give their view."))
    return YES


def can_close(user: User, decision: Decision, term: Term | None) -> Ruling:
    """May `user` record the outcome? Yes for programme staff, and the chair or co-chair of the group.

    `term` is the user's term in office on the decision's group, or None.
    """
    if decision.status != Decision.Status.OPEN:
        return _closed(decision)
    chairs = term is not None and term.office in {Term.Office.CHAIR, Term.Office.CO_CHAIR}
    if chairs or can_manage_programme(user, decision.programme):
        return YES
    return Ruling(_("Only the chair, the co-chair or programme staff can record what was decided."))


def can_see_who_is_silent(user: User, decision: Decision, term: Term | None, positions: Iterable[Position]) -> bool:
    """May `user` see who has not spoken yet? Yes for staff and the chairs, who ask them for their view.

    Not once one of the `positions` came without its name: anyone missing from the list would be the one who gave it.
    """
    return bool(can_close(user, decision, term)) and all(position.named for position in positions)


def can_withdraw(user: User, decision: Decision) -> Ruling:
    """May `user` withdraw a proposal? Yes for the person who put it forward, and programme staff."""
    if decision.status != Decision.Status.OPEN:
        return _closed(decision)
    if _is_proposer(user, decision) or can_manage_programme(user, decision.programme):
        return YES
    return Ruling(_("Only the person who put this forward, or programme staff, can withdraw it."))


def _is_proposer(user: User, decision: Decision) -> bool:
    return decision.proposed_by_id == user.person.pk and can_see_decisions(user, decision.programme)


def _closed(decision: Decision) -> Ruling:
    if decision.status == Decision.Status.DECIDED:
        return Ruling(_("This has been decided, so it can no longer change."))
    return Ruling(_("This has been withdrawn, so it can no longer change."))
