"""Notices about where a person's money goes."""

import datetime as dt
import hashlib

from django.conf import settings
from django.utils.translation import gettext as _

from payments.claims.queries import contact_programme
from people.messages.emails import absolute_url, write
from people.messages.queries import earlier_contacts
from people.registry import Voice


def bank_details_changed(details, *, is_first):
    """Draft the notices that say that somebody's bank details were given or changed, in case it was not them.

    Somebody who takes over an email account changes the address first, so one goes to each address given up lately
    (`EARLIER_ADDRESS_DAYS`) as well. Returns drafts for `people.messages.telling`.
    """
    person, programme = details.person, contact_programme(details.person)
    since = details.changed_at - dt.timedelta(days=settings.EARLIER_ADDRESS_DAYS)
    context = {"details": details, "is_first": is_first, "link": absolute_url("your_bank")}
    if details.told_how:
        headline = _("We wrote down your bank details")
    else:
        headline = _("You gave us your bank details") if is_first else _("Your bank details were changed")
    key = f"bank-details-{details.pk}-{details.changed_at.isoformat()}"
    draft = _draft(person, programme, key, "bank_details_changed", context, {"headline": headline})
    earlier = [contact.value for contact in earlier_contacts(person, since) if contact.field == "email"]
    return [draft] + [
        # It is nobody's now: a person's failed message is tried again where they read now, and this one must not be.
        {**draft, "person": None, "to": address, "key": f"{key}-{hashlib.sha256(address.encode()).hexdigest()[:12]}"}
        for address in earlier
    ]


def method_changed(choice):
    """Draft the notice that says how somebody is paid from now, in case it was not them."""
    programme = contact_programme(choice.person)
    context = {"choice": choice, "link": absolute_url("your_bank")}
    key = f"payment-method-{choice.pk}-{choice.changed_at.isoformat()}"
    return [_draft(choice.person, programme, key, "payment_method_changed", context)]


def bank_details_wrong(details, programme):
    """Draft the notice that asks somebody to give their bank details again."""
    context = {"details": details, "link": absolute_url("your_bank_change")}
    key = f"bank-details-wrong-{details.pk}-{details.asked_again_at.isoformat()}"
    return [_draft(details.person, programme, key, "bank_details_wrong", context)]


def _draft(person, programme, key, kind, context, values=None):
    """Draft a notice that no list of a programme shows: a person has one account, for every programme they are in."""
    context = {"programme": programme, **context}
    speaker = programme.speaker if programme else Voice(settings.SERVICE_NAME)
    return {
        **write(kind, f"payments/{kind}", context, person=person, speaker=speaker, values=values),
        "key": key,
        "kind": kind,
        "person": person,
        "voice": programme.voice if programme else "",
        "link": context["link"],
    }
