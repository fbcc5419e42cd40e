"""Write messages about events, as the arguments `people.messages.outbox.enqueue` takes.

Nothing here sends or decides.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse

from events.inviting.documents import calendar_part
from events.inviting.models import Invitation
from events.registry import Offer
from people.messages.emails import render
from programmes.models import message_audience


def personal_link(invitation: Invitation) -> str:
    """Return the full address of the reply page of one invitation."""
    return settings.SITE_URL + reverse("reply", args=[invitation.link_key])


def invitation(invitation: Invitation, *, offer: Offer | None) -> dict[str, Any]:
    """Write the invitation itself. `offer` is the one made to this person, or None when they are not paid."""
    return _message(
        "events/invitation",
        key=f"invitation:{invitation.pk}",
        kind="invitation",
        invitation=invitation,
        context={"offer": offer},
        parts=[calendar_part(invitation.event, method="PUBLISH")],
    )


def changed(invitation: Invitation, *, offer: Offer | None) -> dict[str, Any]:
    """Write that the day, the time or the place is a new one."""
    event = invitation.event
    return _message(
        "events/changed",
        key=f"event-changed:{event.sequence}:{invitation.pk}",
        kind="event_changed",
        invitation=invitation,
        context={"offer": offer},
        parts=[calendar_part(event, method="PUBLISH")],
    )


def cancelled(invitation: Invitation) -> dict[str, Any]:
    """Write that the event will not take place; this takes the entry out of their calendar."""
    return _message(
        "events/cancelled",
        key=f"event-cancelled:{invitation.pk}",
        kind="event_cancelled",
        invitation=invitation,
        parts=[calendar_part(invitation.event, method="CANCEL")],
    )


def answer(invitation: Invitation) -> dict[str, Any]:
    """Write the organiser's answer to the question the person asked."""
    # An answer has its time, and a reply below, too: constraints.
    assert invitation.answered_at is not None
    return _message(
        "events/answer",
        key=f"answer:{invitation.pk}:{invitation.answered_at.timestamp():.6f}",
        kind="answer",
        invitation=invitation,
    )


def reply_taken(invitation: Invitation) -> dict[str, Any]:
    """Write that a colleague wrote down their reply for them, and what it was."""
    assert invitation.replied_at is not None
    return _message(
        "events/reply_taken",
        key=f"reply-taken:{invitation.pk}:{invitation.replied_at.timestamp():.6f}",
        kind="reply_taken",
        invitation=invitation,
    )


def _message(
    template: str,
    *,
    key: str,
    kind: str,
    invitation: Invitation,
    context: Mapping[str, Any] | None = None,
    parts: Sequence[tuple[str, str, bytes]] = (),
) -> dict[str, Any]:
    event, programme, person = invitation.event, invitation.event.programme, invitation.person
    subject, text, html = render(
        template,
        {
            "event": event,
            "programme": programme,
            "person": person,
            "invitation": invitation,
            "link": personal_link(invitation),
            **(context or {}),
        },
    )
    return {
        "key": key,
        "kind": kind,
        "to": person.email,
        "subject": subject,
        "text": text,
        "html": html,
        "person": person,
        "reply_to": programme.contact_email,
        "parts": parts,
        "audience": message_audience(programme.pk),
    }
