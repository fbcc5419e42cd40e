"""Price an unsent claim again, after a version of the policy was published that counts on its day."""

from contextlib import suppress

from events.models import Event
from payments.claims.actions.filling import _fill_again
from payments.claims.drafts import price_time
from payments.claims.models.claim import Claim
from payments.claims.transitions import ClaimError, lock_claim
from payments.policy import queries as policy_queries
from people.models import User
from wellbeing.lib.actions import action


@action
def reprice(*, claim: Claim, by: User) -> Claim:
    """Price an unsent claim for an event by the policy now in force on its day, or as offered if that is better.

    Who was invited keeps that offer; for anybody else the amounts the claim showed are the offer. A claim for what was
    cancelled, or that was sent, stays as it is. Locks the claim.
    """
    claim = lock_claim(claim)
    event = claim.event
    if claim.status != Claim.Status.DRAFT or event is None or event.status == Event.Status.CANCELLED:
        return claim
    terms = policy_queries.terms_at(event, [claim.person_id]).get(claim.person_id)
    if terms is None or terms.in_force.pk == claim.policy_id:
        return claim
    claim.policy, claim.offered = terms.in_force, terms.offered or claim.policy
    claim.save(update_fields=["policy", "offered"])
    for line in claim.lines.order_by("pk"):
        line.claim = claim
        if line.is_time:
            if price_time(line, line.hours):
                line.save()
        else:
            # Leave an expense that neither version takes any more as its person filled it in.
            with suppress(ClaimError):
                _fill_again(line)
    return claim
