"""Say who may approve, decline and return claims, and set the approvers."""

from django.utils.translation import gettext as _

from payments.claims.models.claim import Claim
from payments.claims.rules import can_check_claims, is_own, moved_on
from people.models import User
from programmes.models import Programme, Role, has_role
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import ProgrammeId


def can_approve(user: User, claim: Claim) -> Ruling:
    """May `user` approve `claim`? Yes for staff, unless it is their own, or they sent, entered or decided it before."""
    checked = _can_decide(user, claim, _("You cannot approve your own claim. Another member of staff does that."))
    if checked and claim.entered_by_id == user.person.pk:
        return Ruling(_("You entered this claim, so another member of staff approves it."))
    if checked and claim.submitted_by_id == user.person.pk:
        return Ruling(_("You sent this claim, so another member of staff approves it."))
    if checked and claim.first_approved_by_id == user.person.pk:
        return Ruling(_("You approved this claim once. Another member of staff must approve it the second time."))
    return checked


def can_decline(user: User, claim: Claim) -> Ruling:
    """May `user` decline `claim`? Yes for programme staff, but for their own, or one they declined before."""
    return _can_decide(user, claim, _("You cannot decide on your own claim. Another member of staff does that."))


def can_return(user: User, claim: Claim) -> Ruling:
    """May `user` return `claim` with a question? Yes for programme staff, but for their own, or one they entered."""
    checked = _can_check(user, claim, _("You cannot check your own claim. Another member of staff does that."))
    if checked and claim.entered_by_id == user.person.pk:
        return Ruling(_("You entered this claim, so another member of staff checks it."))
    return checked


def can_note(user: User, claim: Claim) -> Ruling:
    """May `user` write a note for colleagues on `claim`? Yes for programme staff and finance, but on their own."""
    if is_own(user, claim):
        return Ruling(_("This is your own claim, so you cannot write notes for staff on it."))
    if not has_role(user, claim.programme_id, Role.STAFF, Role.FINANCE):
        return Ruling(_("Only staff and finance of this programme write notes on a claim."))
    return YES


def can_see_notes(user: User, claim: Claim) -> Ruling:
    """May `user` read the notes of colleagues on `claim`? Yes if they may write them, or for administrators."""
    if is_own(user, claim):
        return Ruling(_("These notes are for staff."))
    return YES if user.is_administrator else can_note(user, claim)


def can_compare_receipts(user: User, claim: Claim) -> Ruling:
    """May `user` see a receipt of `claim` beside one it looks like? Yes for those who may read the staff's notes."""
    return can_see_notes(user, claim) or Ruling(_("This page is for those who check the claim."))


def _can_decide(user: User, claim: Claim, own: str) -> Ruling:
    checked = _can_check(user, claim, own)
    if checked and claim.declined_by_id == user.person.pk:
        return Ruling(_("You did not approve this claim before, so another member of staff looks at it again."))
    first = claim.looks_again_at
    if checked and first is not None and user.person.pk in {first.approved_by_id, first.first_approved_by_id}:
        return Ruling(_("You decided on the first claim, so another member of staff must decide on this one."))
    return checked


def _can_check(user: User, claim: Claim, own: str) -> Ruling:
    if is_own(user, claim):
        return Ruling(own)
    allowed = can_check_claims(user, claim.programme_id)
    if not allowed:
        return allowed
    if claim.status != Claim.Status.SUBMITTED:
        return moved_on(claim, _("Only a claim that was sent and waits to be checked can be approved or returned."))
    return YES


def can_set_approvers(user: User, programme: Programme | ProgrammeId) -> Ruling:
    """May `user` set the approvers of `programme`, their deputies and the warnings? Yes if they are its staff."""
    return can_check_claims(user, programme)
