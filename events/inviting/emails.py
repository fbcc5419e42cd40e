"""Messages about events, as the arguments `people.messages.outbox.enqueue` takes. Nothing here sends or decides."""

from django.conf import settings
from django.urls import reverse

from events.inviting.documents import calendar_part
from people.messages.emails import render
from programmes.models import message_audience


def personal_link(invitation):
    """The full address of the reply page of one invitation."""
    return settings.SITE_URL + reverse("reply", args=[invitation.link_key])


def invitation(invitation, *, offer):
    """The invitation itself. `offer` is the `registry.Offer` made to this person, or None when they are not paid."""
    return _message(
        "events/invitation",
        key=f"invitation:{invitation.pk}",
        kind="invitation",
        invitation=invitation,
        context={"offer": offer},
        parts=[calendar_part(invitation.event, method="PUBLISH")],
    )


def changed(invitation, *, offer):
    """That the day, the time or the place is a new one."""
    event = invitation.event
    return _message(
        "events/changed",
        key=f"event-changed:{event.sequence}:{invitation.pk}",
        kind="event_changed",
        invitation=invitation,
        context={"offer": offer},
        parts=[calendar_part(event, method="PUBLISH")],
    )


def cancelled(invitation):
    """That the event will not take place; takes the entry out of their calendar."""
    return _message(
        "events/cancelled",
        key=f"event-cancelled:{invitation.pk}",
        kind="event_cancelled",
        invitation=invitation,
        parts=[calendar_part(invitation.event, method="CANCEL")],
    )


def answer(invitation):
    """The organiser's answer to the question the person asked."""
    return _message(
        "events/answer",
        key=f"answer:{invitation.pk}:{invitation.answered_at.timestamp():.6f}",
        kind="answer",
        invitation=invitation,
    )


def reply_taken(invitation):
    """That a colleague wrote down their reply for them, and what it was."""
    return _message(
        "events/reply_taken",
        key=f"reply-taken:{invitation.pk}:{invitation.replied_at.timestamp():.6f}",
        kind="reply_taken",
        invitation=invitation,
    )


def _message(template, *, key, kind, invitation, context=None, parts=()):
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
