"""Messages about claims and payments, as arguments for the outbox. Nobody without an address gets one."""

import datetime as dt
import hashlib

from django.conf import settings

from payments import recognition
from payments.queries import claim_until, contact_programme
from people.emails import absolute_url, render
from people.queries import earlier_contacts
from programmes.models.programmes import message_audience


def claim_waiting(claim):
    """A person came: their claim is there, to be looked at and sent."""
    return _about(claim, "claim_waiting", claim_until=claim_until(claim))


def claim_for_cancelled(claim):
    """We cancelled late: their payment is there all the same, to be looked at and sent."""
    return _about(claim, "claim_for_cancelled", claim_until=claim_until(claim))


def claim_received(claim):
    """The claim was sent: what happens next and, where something is to be paid, by when."""
    return _about(claim, "claim_received", pays=recognition.shares_of(claim).owed > 0)


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
    """The account somebody is paid into was given or changed: told at the address we have, in case it was not them.

    Whoever takes over somebody's e-mail changes that first: addresses given up lately (`EARLIER_ADDRESS_DAYS`) are told
    as well.
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
    subject, text, html = render("payments/bank_details_changed", context)
    key = f"bank-details-{details.pk}-{details.changed_at.isoformat()}"
    return [
        {
            "key": key if address == person.email else f"{key}-{hashlib.sha256(address.encode()).hexdigest()[:12]}",
            "kind": "bank_details_changed",
            "to": address,
            # A message of the person's that failed is tried again at the address they have now; this one must not be.
            "person": person if address == person.email else None,
            "subject": subject,
            "text": text,
            "html": html,
            "reply_to": programme.contact_email if programme else "",
        }
        for address in [person.email, *earlier]
        if address
    ]


def monthly_report(report, person, period, subscription, parts):
    """A report somebody in finance gets every month is there: a link to it, and `parts` (its PDF) attached.

    `period` is in words; `subscription` says for whose wish it is sent.
    """
    context = {
        "person": person,
        "programme": report.programme,
        "report": report,
        "period": period,
        "attached": bool(parts),
        "link": absolute_url("report", report.pk),
        "settings_link": absolute_url("report_emails", report.programme.slug),
    }
    key = f"monthly-report-{subscription}-{report.for_month:%Y-%m}"
    return {**_draft(key, "monthly_report", person, report.programme, context), "parts": parts}


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
