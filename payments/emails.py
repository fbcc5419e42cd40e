"""Messages about claims and payments, as arguments for the outbox. Nobody without an address gets one."""

from payments.queries import claim_until, contact_programme
from people.emails import absolute_url, render
from programmes.models.programmes import message_audience


def claim_waiting(claim):
    """A person came: their claim is there, to be looked at and sent."""
    return _about(claim, "claim_waiting", claim_until=claim_until(claim))


def claim_received(claim):
    """The claim was sent: what happens next and by when."""
    return _about(claim, "claim_received")


def claim_question(claim, note):
    """The claim came back with a question."""
    return _about(claim, "claim_question", key=f"claim-question-{note.pk}", question=note.body)


def claim_partly_approved(claim, lines):
    """Less was agreed than asked: what of each line and why, and whom to ask."""
    return _about(claim, "claim_partly_approved", lines=lines, agreed_pence=sum(line.agreed_pence for line in lines))


def claim_declined(claim):
    """The claim was not approved: why, whom to ask, and how to have it looked at again."""
    key = f"claim-declined-{claim.pk}-{claim.declined_at.isoformat()}"
    return _about(claim, "claim_declined", key=key, can_ask_again=claim.asked_again_at is None)


def payment_made(payment, programme, paid_on):
    """The money has been sent: how much, when, for which claims. Leads to the letter."""
    person = payment.person
    if not person.email:
        return []
    claims = [item.claim for item in payment.items.all()]
    context = {
        "person": person,
        "programme": programme,
        "payment": payment,
        "paid_on": paid_on,
        "claims": claims,
        "link": absolute_url("claim", claims[0].pk) if len(claims) == 1 else absolute_url("my_claims"),
    }
    return [_draft(f"payment-made-{payment.pk}", "payment_made", person, programme, context)]


def bank_details_changed(details, *, is_first):
    """The account somebody is paid into was given or changed: told at the address we had, in case it was not them."""
    person, programme = details.person, contact_programme(details.person)
    if not person.email:
        return []
    context = {
        "person": person,
        "programme": programme,
        "details": details,
        "is_first": is_first,
        "link": absolute_url("your_bank"),
    }
    subject, text, html = render("payments/bank_details_changed", context)
    return [
        {
            "key": f"bank-details-{details.pk}-{details.changed_at.isoformat()}",
            "kind": "bank_details_changed",
            "to": person.email,
            "person": person,
            "subject": subject,
            "text": text,
            "html": html,
            "reply_to": programme.contact_email if programme else "",
        }
    ]


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
    return [_draft(key, kind, claim.person, claim.programme, context)]


def _draft(key, kind, person, programme, context):
    subject, text, html = render(f"payments/{kind}", context)
    return {
        "key": key,
        "kind": kind,
        "to": person.email,
        "person": person,
        "subject": subject,
        "text": text,
        "html": html,
        "reply_to": programme.contact_email,
        "audience": message_audience(programme.pk),
    }
