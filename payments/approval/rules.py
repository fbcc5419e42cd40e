"""Who may approve, decline and return claims, and set the approvers."""

from django.utils.translation import gettext as _

from payments.claims.models.claim import Claim
from payments.claims.rules import can_check_claims, is_own, moved_on
from programmes.models import Role, has_role
from wellbeing.lib.rulings import YES, Ruling


def can_approve(user, claim):
    """Approving: programme staff, never their own claim, one they sent or entered, approved once or turned down."""
    checked = _can_decide(user, claim, _("You cannot approve your own claim. Another member of staff does that."))
    if checked and claim.entered_by_id == user.person.pk:
        return Ruling(_("You entered this claim, so another member of staff approves it."))
    if checked and claim.submitted_by_id == user.person.pk:
        return Ruling(_("You sent this claim, so another member of staff approves it."))
    if checked and claim.first_approved_by_id == user.person.pk:
        return Ruling(_("You approved this claim once. Another member of staff approves it the second time."))
    return checked


def can_decline(user, claim):
    """Not approving at all, with a reason: programme staff, never their own claim or one they turned down before."""
    return _can_decide(user, claim, _("You cannot decide on your own claim. Another member of staff does that."))


def can_return(user, claim):
    """Returning a claim with a question: programme staff, never their own or one they entered."""
    checked = _can_check(user, claim, _("You cannot check your own claim. Another member of staff does that."))
    if checked and claim.entered_by_id == user.person.pk:
        return Ruling(_("You entered this claim, so another member of staff checks it."))
    return checked


def can_note(user, claim):
    """Writing a note for colleagues on a sent claim: programme staff and finance, never on their own."""
    if is_own(user, claim):
        return Ruling(_("This is your own claim, so you cannot write notes for staff on it."))
    if not has_role(user, claim.programme_id, Role.STAFF, Role.FINANCE):
        return Ruling(_("Only staff and finance of this programme write notes on a claim."))
    return YES


def can_see_notes(user, claim):
    """Reading what colleagues noted on a claim: as who writes them, and administrators; never whose claim it is."""
    if is_own(user, claim):
        return Ruling(_("These notes are for staff."))
    return YES if user.is_administrator else can_note(user, claim)


def _can_decide(user, claim, own):
    checked = _can_check(user, claim, own)
    if checked and claim.declined_by_id == user.person.pk:
        return Ruling(_("You did not approve this claim before, so another member of staff looks at it again."))
    return checked


def _can_check(user, claim, own):
    if is_own(user, claim):
        return Ruling(own)
    allowed = can_check_claims(user, claim.programme_id)
    if not allowed:
        return allowed
    if claim.status != Claim.Status.SUBMITTED:
        return moved_on(claim, _("Only a claim that was sent and waits to be checked can be approved or returned."))
    return YES


def can_set_approvers(user, programme):
    """Saying who is asked to check claims, who deputises for whom, and when to be warned: programme staff."""
    return can_check_claims(user, programme)
