"""Who may fill in, send, enter and see claims."""

from django.utils.translation import gettext as _

from payments.claims import queries
from payments.claims.models.claim import Claim
from payments.shared.rules import works_with_claims
from programmes.models import Role, has_role
from wellbeing.lib.rulings import YES, Ruling


def is_own(user, claim):
    """Whether the claim is `user`'s own."""
    return user.is_authenticated and claim.person_id == user.person.pk


def fills_in_for(user, claim):
    """Whether `user` entered the claim for its person and is still staff of its programme."""
    return (
        user.is_authenticated
        and claim.entered_by_id is not None
        and claim.entered_by_id == user.person.pk
        and has_role(user, claim.programme_id, Role.STAFF)
    )


def can_fill_in(user, claim):
    """Whether the claim is `user`'s to fill in: their own, or one they entered for somebody."""
    return is_own(user, claim) or fills_in_for(user, claim)


# Claims, by the person whose claim it is
def can_edit(user, claim):
    """Lines and receipts of a claim: its owner, until it is sent and again when it comes back with a question."""
    if not can_fill_in(user, claim):
        return Ruling(_("Only the person the claim is for can change it."))
    if not claim.is_editable:
        return moved_on(claim, _("You can change a claim only before you send it."))
    return YES


def can_submit(user, claim):
    """Sending a claim for the first time."""
    if not can_fill_in(user, claim):
        return Ruling(_("Only the person the claim is for can send it."))
    if claim.status == Claim.Status.RETURNED:
        return Ruling(_("We have a question about this claim. Answer it, and the claim is sent again."))
    if claim.status != Claim.Status.DRAFT:
        return moved_on(claim, _("This claim has been sent already."))
    return YES


def can_answer(user, claim):
    """Answering a question, which sends the claim again."""
    if not can_fill_in(user, claim):
        return Ruling(_("Only the person the claim is for can answer."))
    if claim.status != Claim.Status.RETURNED:
        return moved_on(claim, _("There is no question to answer on this claim."))
    return YES


def can_withdraw(user, claim):
    """Taking a claim back: its owner, until it is approved."""
    if not can_fill_in(user, claim):
        return Ruling(_("Only the person the claim is for can take it back."))
    if not claim.can_become(Claim.Status.WITHDRAWN):
        return moved_on(claim, _("This claim can no longer be taken back. Ask the programme if it is wrong."))
    return YES


def can_ask_again(user, claim):
    """Asking to have a claim looked at again that was not approved: its owner, once."""
    if not is_own(user, claim):
        return Ruling(_("Only the person the claim is for can ask to have it looked at again."))
    if claim.status != Claim.Status.DECLINED:
        return moved_on(claim, _("Only a claim that was not approved can be looked at again."))
    if claim.asked_again_at is not None:
        return Ruling(
            _("Two people have looked at this claim. Ask %(who)s if you think it is wrong.")
            % {"who": claim.programme.contact_name}
        )
    return YES


def can_reopen(user, claim):
    """Starting a claim again that was taken back: its owner, unless staff took it back."""
    if not can_fill_in(user, claim):
        return Ruling(_("Only the person the claim is for can start it again."))
    if claim.status != Claim.Status.WITHDRAWN:
        return moved_on(claim, _("This claim has not been taken back."))
    if claim.withdrawn_by_id not in {None, claim.person_id, claim.entered_by_id}:
        return Ruling(_("The programme closed this claim, because our list says you did not come. Ask them about it."))
    return YES


# Claims, as they are made
def can_start_claim(user, programme):
    """Claiming for something that was no event: people who are or were in the programme with lived experience."""
    if queries.programmes_of_claimant(user.person).filter(pk=programme.pk).exists():
        return YES
    return Ruling(_("Only people with lived experience in this programme claim here."))


def can_enter_claims(user, programme):
    """Entering claims for somebody who rings up or writes: programme staff."""
    if has_role(user, programme, Role.STAFF):
        return YES
    return Ruling(_("Only staff of this programme enter claims for people."))


def can_enter_for(user, programme, person):
    """Entering a claim for `person`: programme staff, never for themselves."""
    allowed = can_enter_claims(user, programme)
    if allowed and person.pk == user.person.pk:
        return Ruling(_("Make your own claim under “Your claims”. Another member of staff checks it."))
    return allowed


def can_tell(user, claim):
    """Recording that somebody was told of a claim entered for them: programme staff."""
    allowed = can_enter_claims(user, claim.programme_id)
    if allowed and not queries.must_be_told(claim):
        return Ruling(_("Nobody has to be told of this claim now."))
    return allowed


def can_choose_for_claim(user, claim):
    """Saying how one wishes to be recognised for one claim: its owner alone, until it is approved."""
    if not is_own(user, claim):
        return Ruling(_("Only the person the claim is for can choose this."))
    if claim.status not in {Claim.Status.DRAFT, Claim.Status.SUBMITTED, Claim.Status.RETURNED}:
        return moved_on(claim, _("You can choose this until your claim is approved."))
    return YES


def can_see_shares(user, claim):
    """Where the money of a claim goes: its owner, and those who approve and pay it. Not administrators."""
    if is_own(user, claim) or has_role(user, claim.programme_id, Role.STAFF, Role.FINANCE):
        return YES
    return Ruling(_("Only the person and those who pay them can see this."))


# Claims, by those who check them
def can_see_claims(user, programme):
    """The list of a programme's claims: its staff, finance, and administrators."""
    return works_with_claims(user, programme)


def can_check_claims(user, programme):
    """Approving and returning claims at all: programme staff. `programme` is a Programme or its id."""
    if has_role(user, programme, Role.STAFF):
        return YES
    return Ruling(_("Only staff of this programme can check claims."))


def moved_on(claim, sentence):
    return Ruling(
        _("%(sentence)s It is now: %(status)s.") % {"sentence": sentence, "status": claim.get_status_display()}
    )
