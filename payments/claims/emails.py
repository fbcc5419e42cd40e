"""Notices about claims: each function drafts one to the claim's person, in a list for `people.messages.telling`."""

from payments.claims import hooks, shares
from payments.claims.queries import claim_until
from payments.shared.emails import draft_message
from people.messages.emails import absolute_url
from wellbeing.lib.dates import long_date
from wellbeing.lib.money import pounds


def claim_waiting(claim, key=""):
    """Say that their claim for an event they came to is there, to be looked at and sent; again, under another `key`."""
    return _about(claim, "claim_waiting", key=key, claim_until=claim_until(claim))


def claim_for_cancelled(claim):
    """Say that we cancelled late, and that a claim is there all the same, to be looked at and sent."""
    return _about(claim, "claim_for_cancelled", claim_until=claim_until(claim))


def claim_received(claim):
    """Say that the claim was sent, what happens next and, where something is to be paid, by when."""
    return _about(
        claim,
        "claim_received",
        pays=shares.shares_of(claim).owed > 0,
        known=hooks.is_known_where_to_pay(claim.person),
        where=hooks.where_sentence(claim),
        where_link=absolute_url("your_bank"),
    )


def claim_question(claim, note):
    """Send the question with which the claim came back."""
    return _about(claim, "claim_question", key=f"claim-question-{note.pk}", question=note.body)


def claim_entered(claim):
    """Say what is on a claim that staff entered and sent for the person, and how to say that something is wrong."""
    key = f"claim-entered-{claim.pk}-{claim.submitted_at.isoformat()}"
    return _about(claim, "claim_entered", key=key, lines=list(claim.lines.all()))


def claim_partly_approved(claim, lines):
    """Say that less was approved than asked for: how much of each line and why, and whom to ask."""
    return _about(
        claim,
        "claim_partly_approved",
        lines=lines,
        approved_pence=(approved := sum(line.approved_pence for line in lines)),
        values={"agreed": pounds(approved)},
        can_ask_again=_looked_at_once(claim),
    )


def claim_declined(claim):
    """Say that the claim was not approved: why, whom to ask, and how to have it looked at again."""
    key = f"claim-declined-{claim.pk}-{claim.declined_at.isoformat()}"
    return _about(claim, "claim_declined", key=key, can_ask_again=_looked_at_once(claim))


def _looked_at_once(claim):
    return claim.asked_again_at is None and claim.looks_again_at_id is None


def _about(claim, kind, key="", values=None, **more):
    total = sum(line.amount_pence for line in claim.lines.all())
    context = {"claim": claim, "total_pence": total, "link": absolute_url("claim", claim.pk), **more}
    said = {
        "claim": claim.description,
        "day": long_date(claim.activity_date),
        "reference": claim.reference,
        "amount": pounds(total),
        "send_by": long_date(more["claim_until"]) if "claim_until" in more else "",
        "pay_by": long_date(claim.pay_by) if claim.pay_by else "",
        **(values or {}),
    }
    key = key or f"{kind.replace('_', '-')}-{claim.pk}"
    return [draft_message(key, kind, claim.person, claim.programme, context, said)]
