"""Notices that a payment was made, or came back."""

from django.utils.translation import gettext as _

from payments.payees.models.methods import PaymentMethod
from payments.runs import wording
from payments.runs.documents import read
from payments.shared.emails import draft_message
from people.messages.emails import absolute_url


def payment_made(payment, made, letter=None):
    """Say that a part of a payment was made: how much, when and how, what is still to come, and for which claims.

    `payment` comes from `queries.whole_payments`, `made` is the PaymentMade, `letter` a Document to send along. Returns
    the draft in a list. Raises DocumentChangedError when the stored letter was changed.
    """
    person, programme = payment.person, payment.run.programme
    claims = [item.claim for item in payment.items.all()]
    parts = dict(payment.parts)
    rows = {row.method: row for row in payment.made.all()}
    asked = sum(line.amount_pence for claim in claims for line in claim.lines.all())
    context = {
        "payment": payment,
        "made": wording.made_sentence(payment, made),
        "to_come": [wording.to_come_sentence(method, pence) for method, pence in parts.items() if method not in rows],
        "asked_pence": asked if asked != sum(parts.values()) else None,
        "claims": claims,
        "has_letter": letter is not None,
        "link": absolute_url("claim", claims[0].pk) if len(claims) == 1 else absolute_url("my_claims"),
    }
    values = {
        "headline": wording.headline(made.method, parts[PaymentMethod(made.method)]),
        "reference": payment.reference,
    }
    draft = draft_message(made_key(payment.pk, made.method), "payment_made", person, programme, context, values)
    if letter is not None:
        draft["parts"] = [(f"{payment.reference}.pdf", "application/pdf", read(letter))]
    return [draft]


def made_key(payment_id, method):
    """Return the key of the notice that the part of a payment made by `method` was made."""
    return f"payment-made-{payment_id}-{method}"


def payment_returned(returned):
    """Say that the money came back, why, what to do, and that it is paid again.

    Returns the draft in a list; [] where the reason is not for the person to read.
    """
    payment, reason = returned.payment, returned.reason
    if not reason.tells_person:
        return []
    by_bank = payment.method == PaymentMethod.BANK
    context = {
        "payment": payment,
        "reason": reason,
        "came_back": wording.came_back_sentence(payment),
        "by_bank": by_bank,
        "link": absolute_url("your_bank"),
    }
    values = {
        "headline": _("The bank sent your payment back") if by_bank else _("Your payment came back to us"),
        "reference": payment.reference,
    }
    key = f"payment-returned-{payment.pk}"
    return [draft_message(key, "payment_returned", payment.person, payment.run.programme, context, values)]
