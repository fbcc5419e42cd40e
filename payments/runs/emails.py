"""Messages that a payment was made, or came back."""

from payments.runs.documents import read
from payments.shared.emails import draft_message
from people.messages.emails import absolute_url


def payment_made(payment, programme, paid_on, letter=None):
    """Say that the money has been sent: how much, when, for which claims; with the `letter` (a Document), or a link.

    Returns the draft in a list; [] without an address. Raises DocumentChangedError when the stored letter was changed.
    """
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
        "has_letter": letter is not None,
        "link": absolute_url("claim", claims[0].pk) if len(claims) == 1 else absolute_url("my_claims"),
    }
    draft = draft_message(f"payment-made-{payment.pk}", "payment_made", person, programme, context)
    if letter is not None:
        draft["parts"] = [(f"{payment.reference}.pdf", "application/pdf", read(letter))]
    return [draft]


def payment_returned(returned):
    """Say that the bank sent the money back, why, what to do, and that it is paid again.

    Returns the draft in a list; [] without an address, and where the reason is not for the person to read.
    """
    payment, reason = returned.payment, returned.reason
    if not payment.person.email or not reason.tells_person:
        return []
    context = {
        "person": payment.person,
        "programme": payment.run.programme,
        "payment": payment,
        "reason": reason,
        "link": absolute_url("your_bank"),
    }
    return [
        draft_message(
            f"payment-returned-{payment.pk}", "payment_returned", payment.person, payment.run.programme, context
        )
    ]
