"""Messages about claims."""

from payments.claims import shares
from payments.claims.queries import claim_until
from payments.shared.emails import draft_message
from people.messages.emails import absolute_url


def claim_waiting(claim):
    """A person came: their claim is there, to be looked at and sent."""
    return _about(claim, "claim_waiting", claim_until=claim_until(claim))


def claim_for_cancelled(claim):
    """We cancelled late: their payment is there all the same, to be looked at and sent."""
    return _about(claim, "claim_for_cancelled", claim_until=claim_until(claim))


def claim_received(claim):
    """The claim was sent: what happens next and, where something is to be paid, by when."""
    return _about(claim, "claim_received", pays=shares.shares_of(claim).owed > 0)


def claim_question(claim, note):
    """The claim came back with a question."""
    return _about(claim, "claim_question", key=f"claim-question-{note.pk}", question=note.body)


def claim_entered(claim):
    """Staff entered and sent the claim for its person: what is on it, and how to say that something is wrong."""
    key = f"claim-entered-{claim.pk}-{claim.submitted_at.isoformat()}"
    return _about(claim, "claim_entered", key=key, lines=list(claim.lines.all()))


def claim_closing(claim, key):
    """The time to send a claim ends soon. `key` is the outbox key of this reminder."""
    return _about(claim, "claim_closing", key=key, claim_until=claim_until(claim))


def claim_partly_approved(claim, lines):
    """Less was agreed than asked: what of each line and why, and whom to ask."""
    return _about(
        claim, "claim_partly_approved", lines=lines, approved_pence=sum(line.approved_pence for line in lines)
    )


def claim_declined(claim):
    """The claim was not approved: why, whom to ask, and how to have it looked at again."""
    key = f"claim-declined-{claim.pk}-{claim.declined_at.isoformat()}"
    return _about(claim, "claim_declined", key=key, can_ask_again=claim.asked_again_at is None)


def _about(claim, kind, key="", **more):
    if not claim.person.email:
        return []
    context = {
        "person": claim.person,
        "programme": claim.programme,
        "claim": claim,
        "total_pence": sum(line.amount_pence for line in claim.lines.all()),
        "link": absolute_url("claim", claim.pk),
        **more,
    }
    key = key or f"{kind.replace('_', '-')}-{claim.pk}"
    return [draft_message(key, kind, claim.person, claim.programme, context)]
