"""Say who may tell a programme something, record it, answer it, and say whether the answer is true."""

from django.utils.translation import gettext as _

from programmes.heard import queries
from programmes.heard.models import Contribution, ToldBack
from programmes.programme.models.programmes import Programme, roles_of
from programmes.programme.rules import can_manage_programme
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import User


def can_contribute(user: User, programme: Programme) -> Ruling:
    """May `user` tell `programme` something in their own name? Yes for everybody with a role or seat in it."""
    if user.is_authenticated and roles_of(user).get(programme.pk):
        return YES
    return Ruling(_("Only people of this programme can tell it something here."))


def can_record(user: User, programme: Programme) -> Ruling:
    """May `user` record what other people said, and see who said it? Yes for programme staff."""
    return can_manage_programme(user, programme)


def can_correct(user: User, contribution: Contribution) -> Ruling:
    """May `user` correct what was written down? Yes for programme staff; what it said before is kept."""
    return can_record(user, contribution.programme)


def can_answer(user: User, contribution: Contribution) -> Ruling:
    """May `user` say what became of it? Yes for programme staff, while it waits for an answer."""
    if contribution.status != Contribution.Status.OPEN:
        return Ruling(_("This has been answered. Open it again first."))
    return can_record(user, contribution.programme)


def can_reopen(user: User, contribution: Contribution) -> Ruling:
    """May `user` open it again? Yes for programme staff, once it is answered."""
    if contribution.status != Contribution.Status.ANSWERED:
        return Ruling(_("This has not been answered, so it is open already."))
    return can_record(user, contribution.programme)


def can_reply(user: User, contribution: Contribution) -> Ruling:
    """May `user` say whether the answer is true? Yes for those who said it, once it is answered."""
    if queries.contributor_of(user, contribution) is None:
        return Ruling(_("Only those who said this can say whether the answer is true."))
    return is_answered(contribution)


def can_reply_for(user: User, contribution: Contribution) -> Ruling:
    """May `user` write down for somebody else whether the answer is true? Yes for programme staff."""
    allowed = can_record(user, contribution.programme)
    return is_answered(contribution) if allowed else allowed


def is_answered(contribution: Contribution) -> Ruling:
    """Can anybody say whether the answer is true? Yes once there is one that counts."""
    if contribution.status == Contribution.Status.ANSWERED:
        return YES
    return Ruling(_("This is being looked at. You can say whether the answer is true when there is one."))


def can_change_reply(told_back: ToldBack) -> Ruling:
    """Can a reply still change? Yes until we have responded to it."""
    if not told_back.response:
        return YES
    return Ruling(_("We have responded to this already, so it stays as it is. Tell us something new instead."))


def can_respond(user: User, told_back: ToldBack) -> Ruling:
    """May `user` respond to "that is not true"? Yes for programme staff, once, while the answer counts."""
    contribution = told_back.outcome.contribution
    if not told_back.is_not_true or contribution.outcome_id != told_back.outcome_id:
        return Ruling(_("There is nothing here to respond to any more."))
    if told_back.response:
        return Ruling(_("Somebody has responded to this already."))
    return can_record(user, contribution.programme)


def can_take_off(user: User, contribution: Contribution) -> Ruling:
    """May `user` take it off the page, or put it back? Yes for those who said it, and for staff whom they asked."""
    if queries.contributor_of(user, contribution) is not None or can_record(user, contribution.programme):
        return YES
    return Ruling(_("Only those who said this can have it taken off the page."))
