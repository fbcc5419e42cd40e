"""Messages about where a person's money goes."""

import datetime as dt
import hashlib

from django.conf import settings

from payments.claims.queries import contact_programme
from people.messages.emails import absolute_url, render
from people.messages.queries import earlier_contacts


def bank_details_changed(details, *, is_first):
    """Draft the messages that say that somebody's bank details were given or changed, in case it was not them.

    Somebody who takes over an email account changes the address first, so a message goes to addresses given up lately
    (`EARLIER_ADDRESS_DAYS`) as well. Returns rows for the outbox; [] without any address.
    """
    person, programme = details.person, contact_programme(details.person)
    since = details.changed_at - dt.timedelta(days=settings.EARLIER_ADDRESS_DAYS)
    earlier = [contact.value for contact in earlier_contacts(person, since) if contact.field == "email"]
    context = {
        "person": person,
        "programme": programme,
        "details": details,
        "is_first": is_first,
        "link": absolute_url("your_bank"),
    }
    message = render("payments/bank_details_changed", context)
    key = f"bank-details-{details.pk}-{details.changed_at.isoformat()}"
    rows = []
    for address in filter(None, [person.email, *earlier]):
        is_own = address == person.email
        rows.append(
            _row(
                key if is_own else f"{key}-{hashlib.sha256(address.encode()).hexdigest()[:12]}",
                "bank_details_changed",
                address,
                # A person's failed message is tried again at the address they have now; this one must not be.
                person if is_own else None,
                programme,
                message,
            )
        )
    return rows


def method_changed(choice):
    """Draft the message that says how somebody is paid from now, in case it was not them; [] without an address."""
    programme = contact_programme(choice.person)
    context = {"choice": choice, "link": absolute_url("your_bank")}
    key = f"payment-method-{choice.pk}-{choice.changed_at.isoformat()}"
    return _to(choice.person, programme, key, "payment_method_changed", context)


def bank_details_wrong(details, programme):
    """Draft the message that asks somebody to give their bank details again; [] without an address."""
    context = {"details": details, "link": absolute_url("your_bank_change")}
    key = f"bank-details-wrong-{details.pk}-{details.asked_again_at.isoformat()}"
    return _to(details.person, programme, key, "bank_details_wrong", context)


def _to(person, programme, key, kind, context):
    if not person.email:
        return []
    message = render(f"payments/{kind}", {"person": person, "programme": programme, **context})
    return [_row(key, kind, person.email, person, programme, message)]


def _row(key, kind, to, person, programme, message):
    # One row for the outbox. `message` is a subject, a text and an HTML body.
    subject, text, html = message
    return {
        "key": key,
        "kind": kind,
        "to": to,
        "person": person,
        "subject": subject,
        "text": text,
        "html": html,
        "reply_to": programme.contact_email if programme else "",
    }
