"""Say who may fill in, send, enter and see claims."""

from django.utils.translation import gettext as _

from events.models import Event
from events.planning.rules import can_manage_event
from payments.claims import queries
from payments.claims.models.claim import Claim
from payments.shared.rules import works_with_claims
from people.models import Person, User
from programmes.models import Programme, Role, has_role
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import ProgrammeId


def is_own(user: User, claim: Claim) -> bool:
    """Whether the claim is `user`'s own."""
    return user.is_authenticated and claim.person_id == user.person.pk


def fills_in_for(user: User, claim: Claim) -> bool:
    """Whether `user` entered the claim for its person and is still staff of its programme."""
    return (
        user.is_authenticated
        and claim.entered_by_id is not None
        and claim.entered_by_id == user.person.pk
        and has_role(user, claim.programme_id, Role.STAFF)
    )


def can_fill_in(user: User, claim: Claim) -> bool:
    """Whether `user` fills in the claim: it is their own, or they entered it for somebody."""
    return is_own(user, claim) or fills_in_for(user, claim)


# Claims, by the person whose claim it is
def can_edit(user: User, claim: Claim) -> Ruling:
    """May `user` change the lines and receipts of `claim`? Yes if they fill it in, and it is a draft or came back."""
    if not can_fill_in(user, claim):
        return Ruling(_("Only the person the claim is for can change it."))
    if claim.looks_again_at_id is not None:
        return Ruling(_("This claim asks for what was not agreed of another, so its lines do not change."))
    if not claim.is_editable:
        return moved_on(claim, _("You can change a claim only before you send it."))
    return YES


def can_say_hours(user: User, claim: Claim) -> Ruling:
    """May `user` say for how long they were at the event of `claim`? Yes if they may change it, and it took place."""
    allowed = can_edit(user, claim)
    if not allowed:
        return allowed
    if claim.event_id is None or claim.is_for_cancelled or not any(line.is_time for line in claim.lines.all()):
        return Ruling(_("This claim has no hours at an event to change."))
    return YES


def can_submit(user: User, claim: Claim) -> Ruling:
    """May `user` send `claim` for the first time? Yes if they fill it in, and it is a draft."""
    if not can_fill_in(user, claim):
        return Ruling(_("Only the person the claim is for can send it."))
    if claim.status == Claim.Status.RETURNED:
        return Ruling(_("We have a question about this claim. Answer it, and the claim is sent again."))
    if claim.status != Claim.Status.DRAFT:
        return moved_on(claim, _("This claim has been sent already."))
    return YES


def can_answer(user: User, claim: Claim) -> Ruling:
    """May `user` answer the question on `claim`, which sends it again? Yes if they fill it in, and it came back."""
    if not can_fill_in(user, claim):
        return Ruling(_("Only the person the claim is for can answer."))
    if claim.status != Claim.Status.RETURNED:
        return moved_on(claim, _("There is no question to answer on this claim."))
    return YES


def can_withdraw(user: User, claim: Claim) -> Ruling:
    """May `user` take `claim` back? Yes if they fill it in, until it is approved."""
    if not can_fill_in(user, claim):
        return Ruling(_("Only the person the claim is for can withdraw it."))
    if not claim.can_become(Claim.Status.WITHDRAWN):
        return moved_on(claim, _("This claim can no longer be withdrawn. Ask the programme if it is wrong."))
    return YES


def can_ask_again(user: User, claim: Claim) -> Ruling:
    """May `user` ask to have `claim` looked at again? Yes if it is their own and was not approved in full, once."""
    if not is_own(user, claim):
        return Ruling(_("Only the person the claim is for can ask to have it looked at again."))
    if claim.status != Claim.Status.DECLINED and not claim.is_agreed_in_part:
        return moved_on(claim, _("Only a claim that was not approved in full can be looked at again."))
    if Claim.objects.filter(looks_again_at=claim.pk).exists():
        return Ruling(_("You have asked us to look at this claim again."))
    if claim.asked_again_at is not None or claim.looks_again_at_id is not None:
        return Ruling(
            _("Two people have looked at this claim. Ask %(who)s if you think it is wrong.")
            % {"who": claim.programme.contact_name}
        )
    return YES


def can_reopen(user: User, claim: Claim) -> Ruling:
    """May `user` start `claim` again? Yes if they fill it in, and it was withdrawn by its person or who entered it."""
    if not can_fill_in(user, claim):
        return Ruling(_("Only the person the claim is for can start it again."))
    if claim.status != Claim.Status.WITHDRAWN:
        return moved_on(claim, _("This claim has not been withdrawn."))
    if claim.looks_again_at_id is not None:
        return Ruling(_("You withdrew what you asked us to look at again. It cannot be started anew."))
    if claim.withdrawn_by_id not in {None, claim.person_id, claim.entered_by_id}:
        return Ruling(_("The programme closed this claim, because our list says you did not come. Ask them about it."))
    return YES


# Claims, as they are made
def can_start_claim(user: User, programme: Programme) -> Ruling:
    """May `user` claim for work that was no event? Yes if they are or were in `programme` with lived experience."""
    if queries.programmes_of_claimant(user.person).filter(pk=programme.pk).exists():
        return YES
    return Ruling(_("Only people with lived experience in this programme claim here."))


def can_enter_claims(user: User, programme: Programme | ProgrammeId) -> Ruling:
    """May `user` enter claims for people who ring up or write? Yes if they are programme staff."""
    if has_role(user, programme, Role.STAFF):
        return YES
    return Ruling(_("Only staff of this programme enter claims for people."))


def can_enter_for(user: User, programme: Programme, person: Person) -> Ruling:
    """May `user` enter a claim for `person`? Yes if they are programme staff, and somebody else."""
    allowed = can_enter_claims(user, programme)
    if allowed and person.pk == user.person.pk:
        return Ruling(_("Make your own claim under “Your claims”. Another member of staff checks it."))
    return allowed


def can_choose_for_claim(user: User, claim: Claim) -> Ruling:
    """May `user` choose how they are paid for `claim`? Yes if it is their own, until it is approved."""
    if not is_own(user, claim):
        return Ruling(_("Only the person the claim is for can choose this."))
    if claim.status not in {Claim.Status.DRAFT, Claim.Status.SUBMITTED, Claim.Status.RETURNED}:
        return moved_on(claim, _("You can choose this until your claim is approved."))
    return YES


def can_see_shares(user: User, claim: Claim) -> Ruling:
    """May `user` see where the money of `claim` goes? Yes if it is their own, or they approve or pay it."""
    if is_own(user, claim) or has_role(user, claim.programme_id, Role.STAFF, Role.FINANCE):
        return YES
    return Ruling(_("Only the person and those who pay them can see this."))


# Claims, by those who check them
def can_see_claims(user: User, programme: Programme | ProgrammeId) -> Ruling:
    """May `user` see the list of a programme's claims? Yes if they are its staff or finance, or administrators."""
    return works_with_claims(user, programme)


def can_check_claims(user: User, programme: Programme | ProgrammeId) -> Ruling:
    """May `user` approve and return claims at all? Yes if they are programme staff."""
    if has_role(user, programme, Role.STAFF):
        return YES
    return Ruling(_("Only staff of this programme can check claims."))


def moved_on(claim: Claim, sentence: str) -> Ruling:
    """Refuse with `sentence`, and say which status `claim` has now."""
    return Ruling(
        _("%(sentence)s It is now: %(status)s.") % {"sentence": sentence, "status": claim.get_status_display()}
    )


def can_remind_of_claims(user: User, event: Event) -> Ruling:
    """May `user` remind who came to `event` to send their claim? Yes for its staff; they read nothing of it."""
    return can_manage_event(user, event)
