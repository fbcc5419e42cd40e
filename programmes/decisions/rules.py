"""Say who may propose, speak, answer, decide and withdraw."""

from django.utils.translation import gettext as _

from programmes.decisions.models import Decision, DecisionDraft, DeclaredInterest, Objection
from programmes.groups import queries as group_queries
from programmes.groups.models import GroupRules
from programmes.groups.rules import leads
from programmes.programme.models.groups import Group, Term
from programmes.programme.models.programmes import Programme, Role, has_role
from programmes.programme.rules import can_manage_programme, can_see_programme
from wellbeing.lib.dates import today
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import User


def can_see_decisions(user: User, programme: Programme) -> bool:
    """May `user` open the page of the programme's decisions? Yes for everybody with a role there.

    Which ones they see there is `Decision.objects.visible_to`.
    """
    return can_see_programme(user, programme)


def is_inside(user: User, programme: Programme) -> bool:
    """Is `user` of those who work on the programme's proposals: its staff, its steering group, administrators?"""
    return user.is_authenticated and (user.is_administrator or has_role(user, programme, Role.STAFF, Role.STEERING))


def can_propose(user: User, programme: Programme) -> bool:
    """May `user` put a proposal to some group of the programme? See `can_propose_to` for one."""
    return is_inside(user, programme)


def can_propose_to(user: User, group: Group, rules: GroupRules | None) -> Ruling:
    """May `user` put a proposal to `group`? As its `rules` say: members, the chairs, programme staff."""
    if rules is None:
        return Ruling(_("This group has no rules for deciding yet. Set them first."))
    term = group_queries.term_of(user, group, today())
    if rules.proposers == GroupRules.Proposers.CHAIRS:
        if leads(user, term, group.programme):
            return YES
        return Ruling(_("By the rules of this group, its chairs and programme staff put proposals to it."))
    if rules.proposers == GroupRules.Proposers.MEMBERS:
        return YES if term else Ruling(_("By the rules of this group, only its members put proposals to it."))
    if term or can_manage_programme(user, group.programme):
        return YES
    return Ruling(_("Only members of this group and programme staff can put a proposal to it."))


def can_edit(user: User, decision: Decision) -> Ruling:
    """May `user` change what stands around the words? Yes for its proposer and staff, until the first view on it."""
    if not decision.is_open:
        return _closed(decision)
    if not _shapes(user, decision):
        return Ruling(_("Only the person who put this forward, or programme staff, can change it."))
    if decision.positions.exists():
        return Ruling(
            _("A member has already given their view. You can still change the wording: each is asked again.")
        )
    return YES


def can_amend(user: User, decision: Decision) -> Ruling:
    """May `user` put new words in place of those of the proposal? Yes for its proposer, the chairs and staff."""
    if not decision.is_open:
        return _closed(decision)
    if _shapes(user, decision) or _chairs(user, decision):
        return YES
    return Ruling(_("Only the person who put this forward, the chairs or programme staff can change its words."))


def can_talk(user: User, decision: Decision, term: Term | None) -> Ruling:
    """May `user` ask, and say first thoughts? Yes for members in office, whose `term` it is, and programme staff."""
    if not decision.is_open:
        return _closed(decision)
    if term or can_manage_programme(user, decision.programme):
        return YES
    return Ruling(_("Only members of this group and programme staff can take part in this."))


def can_keep_draft(user: User, decision: Decision, term: Term | None, kind: str) -> Ruling:
    """May `user` keep what they are typing about it? Yes for those who could send it, and while they could add it late.

    A view that was being written when the decision was made is kept, too. Programme staff ask questions alone.
    """
    if term or (kind == DecisionDraft.Kind.QUESTION and can_manage_programme(user, decision.programme)):
        return YES
    closed_on = decision.closed_on
    then = Term.objects.effective_on(closed_on).filter(group=decision.group, person=user.person) if closed_on else None
    if then is not None and then.exists():
        return YES
    return Ruling(_("Only members of this group and programme staff can take part in this."))


def can_answer(user: User, decision: Decision) -> Ruling:
    """May `user` answer questions and objections? Yes for the proposer, the chairs and programme staff."""
    return can_amend(user, decision)


def can_take_position(user: User, decision: Decision, term: Term | None) -> Ruling:  # noqa: ARG001  (every rule begins with who asks)
    """May `user` take a position? Yes while it is open for views, with `term`, their term in office on its group.

    Not one who declared an interest in it, nor the deputy of one.
    """
    if not decision.is_open:
        return _closed(decision)
    if not decision.takes_views:
        return Ruling(_("This proposal is still being shaped. You can say what you think of it so far."))
    if term is None:
        return Ruling(_("Only members of this group, during their term, can give their view."))
    people = [term.person_id, term.deputy_for_id]
    if DeclaredInterest.objects.filter(decision=decision, person__in=people, taken_back_on=None).exists():
        return Ruling(_("An interest in this decision was declared, so this seat takes no part in it."))
    return YES


def can_close(user: User, decision: Decision, term: Term | None) -> Ruling:
    """May `user` record the outcome? Yes for programme staff, and the chair or co-chair of the group.

    `term` is the user's term in office on the decision's group, or None.
    """
    if not decision.is_open:
        return _closed(decision)
    if leads(user, term, decision.programme):
        return YES
    return Ruling(_("Only the chair, the co-chair or programme staff can record what was decided."))


def can_close_objection(user: User, objection: Objection) -> Ruling:
    """May `user` say whether the answer to `objection` is enough? Only the member who raised it.

    Staff may write it down for them, see `can_record_for`.
    """
    if not objection.decision.is_open:
        return _closed(objection.decision)
    if objection.person_id == user.person.pk:
        return YES
    return Ruling(_("Only the member who raised an objection says whether the answer is enough."))


def can_record_for(user: User, decision: Decision) -> Ruling:
    """May `user` write down what a member said by phone, by letter or at a meeting? Yes for programme staff."""
    if not decision.is_open:
        return _closed(decision)
    return can_manage_programme(user, decision.programme)


def can_declare(user: User, decision: Decision, term: Term | None) -> Ruling:  # noqa: ARG001  (every rule begins with who asks)
    """May `user` declare an interest of their own in it? Yes for members in office, while it is open."""
    if not decision.is_open:
        return _closed(decision)
    return YES if term else Ruling(_("Only members of this group declare interests in its decisions."))


def can_follow_up(user: User, decision: Decision, term: Term | None) -> Ruling:
    """May `user` write down actions and reviews of a decision that was made? Yes for the chairs and programme staff."""
    if not decision.is_made:
        return Ruling(_("This has not been decided."))
    if leads(user, term, decision.programme):
        return YES
    return Ruling(_("Only the chair, the co-chair or programme staff can do this."))


def can_withdraw(user: User, decision: Decision) -> Ruling:
    """May `user` withdraw a proposal? Yes for the person who put it forward, alone."""
    if not decision.is_open:
        return _closed(decision)
    if _is_proposer(user, decision):
        return YES
    return Ruling(_("Only the person who put this forward can withdraw it."))


def _is_proposer(user: User, decision: Decision) -> bool:
    return decision.proposed_by_id == user.person.pk and is_inside(user, decision.programme)


def _shapes(user: User, decision: Decision) -> bool:
    return _is_proposer(user, decision) or bool(can_manage_programme(user, decision.programme))


def _chairs(user: User, decision: Decision) -> bool:
    term = group_queries.term_of(user, decision.group, today())
    return term is not None and term.chairs


def _closed(decision: Decision) -> Ruling:
    if decision.status == Decision.Status.WITHDRAWN:
        return Ruling(_("This has been withdrawn, so it can no longer change."))
    return Ruling(_("This has been decided, so it can no longer change."))
