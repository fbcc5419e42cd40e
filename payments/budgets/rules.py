"""Say who may see and set budgets, choose a line and let a claim go over."""

from django.utils.translation import gettext as _

from payments.claims.models.claim import Claim
from payments.claims.rules import is_own, moved_on
from people.models import User
from programmes.models import Programme, Role, has_role
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import ProgrammeId


# Budgets
def can_see_budget(user: User, programme: Programme | ProgrammeId) -> Ruling:
    """May `user` see the budget lines of `programme`? Yes if they are its staff or finance, or administrators."""
    if user.is_authenticated and (user.is_administrator or has_role(user, programme, Role.STAFF, Role.FINANCE)):
        return YES
    return Ruling(_("Only programme staff and finance can see the budget."))


def can_set_budget(user: User, programme: Programme | ProgrammeId) -> Ruling:
    """May `user` add and change budget lines? Yes if they are finance of the programme."""
    if has_role(user, programme, Role.FINANCE):
        return YES
    return Ruling(_("Only finance can change the budget."))


def can_choose_budget_line(user: User, claim: Claim) -> Ruling:
    """May `user` choose the budget line of `claim`? Yes for staff and finance, of another's claim, before a run."""
    if is_own(user, claim):
        return Ruling(_("You cannot choose the budget line of your own claim. Somebody else does that."))
    if not has_role(user, claim.programme_id, Role.STAFF, Role.FINANCE):
        return Ruling(_("Only programme staff and finance can choose the budget line of a claim."))
    status = Claim.Status
    if claim.status not in {status.SUBMITTED, status.RETURNED, status.APPROVED, status.PARTLY_APPROVED}:
        return moved_on(claim, _("The budget line can be chosen until a payment run takes the claim."))
    return YES


def can_override_budget(user: User, claim: Claim) -> Ruling:
    """May `user` let `claim` go over its budget line? Yes for finance, of another's claim, before it is approved."""
    if is_own(user, claim):
        return Ruling(_("You cannot let your own claim go over budget. Another person in finance does that."))
    if not has_role(user, claim.programme_id, Role.FINANCE):
        return Ruling(_("Only finance can let a claim go over budget."))
    if claim.status not in {Claim.Status.SUBMITTED, Claim.Status.RETURNED}:
        return moved_on(claim, _("This is for claims that were sent and wait to be checked."))
    if claim.budget_line_id is None:
        return Ruling(_("Choose the budget line of this claim first."))
    return YES
