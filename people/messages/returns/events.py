"""Take what mail services report through django-anymail's webhooks: its signal says it in one way for all of them."""

import hashlib
from typing import Any

from anymail.signals import EventType, RejectReason
from django.utils.translation import gettext as _

from people.messages.models import MailReport
from people.messages.returns import actions, queries
from people.messages.returns.reports import Report
from people.messages.returns.understanding import about_address

Outcome = MailReport.Outcome
ENDED = {EventType.BOUNCED, EventType.REJECTED, EventType.FAILED}
# Why a service refuses an address it will not write to, whatever the words of the server were.
DEAD = {RejectReason.INVALID, RejectReason.BOUNCED}
# The service keeps a list of who complained or left, and sends nothing more there.
SUPPRESSED = {RejectReason.SPAM, RejectReason.UNSUBSCRIBED}


class NotYetError(Exception):
    """A report came before we know the id of the email it may be about. The service brings it again."""


def take(sender: Any, event: Any, esp_name: str, **_more: Any) -> None:
    """Act on one event. Called by anymail. Raises NotYetError."""
    ref = str(event.message_id or "")
    if event.event_type not in {EventType.DELIVERED, EventType.COMPLAINED, EventType.UNSUBSCRIBED, *ENDED}:
        return
    message = queries.message_of(ref)
    if message is None:
        if event.recipient and queries.is_being_sent(event.recipient):
            raise NotYetError
        return
    if event.event_type == EventType.DELIVERED:
        actions.take_delivery(provider_ref=ref, by=None)
    elif event.event_type in ENDED:
        actions.take_report(provider_ref=ref, report=_bounce(event, esp_name), by=None)
    else:
        report = Report(_fingerprint(event, esp_name), Outcome.COMPLAINED, said=_words(event))
        actions.take_report(provider_ref=ref, report=report, by=None)


def _bounce(event: Any, esp_name: str) -> Report:
    said = _words(event)
    refused = event.event_type == EventType.REJECTED and event.reject_reason in DEAD | SUPPRESSED
    dead = event.event_type != EventType.FAILED and event.reject_reason in DEAD and about_address(said)
    return Report(
        _fingerprint(event, esp_name),
        Outcome.BOUNCED,
        said=said or _("The mail service gave no reason."),
        address=refused or dead,
    )


def _words(event: Any) -> str:
    """Return the words of the server, or else those of the service."""
    return " ".join(str(event.mta_response or event.description or "").split())[:400]


def _fingerprint(event: Any, esp_name: str) -> str:
    """Return what tells an event from every other: its own id, or all that it says."""
    what = (esp_name, event.message_id, event.event_type, event.recipient, event.event_id or event.timestamp)
    return hashlib.sha256(repr(tuple(map(str, what))).encode()).hexdigest()
