"""Keep the demo's mail in the demo mailbox instead of sending it, and read it there as a mail program would."""

import email
from dataclasses import dataclass, field
from email import policy

import icalendar
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import gettext as _

from people.messages.mime import Email
from people.messages.models import DemoMail
from wellbeing.lib.dates import day_and_times


class DemoMailboxBackend(BaseEmailBackend):
    """A Django mail backend that puts a copy for each recipient into the demo mailbox."""

    def send_messages(self, email_messages):
        """Keep the messages. Return how many there were."""
        rows = [
            DemoMail(to_address=recipient[:254], subject=message.subject[:250], raw=raw_of(message))
            for message in email_messages
            for recipient in message.recipients()
        ]
        DemoMail.objects.bulk_create(rows)
        return len(email_messages)


def raw_of(message):
    """Return the bytes of one of Django's mails as a mailbox on disk keeps them."""
    return message.drawn.replace(b"\r\n", b"\n") if isinstance(message, Email) else message.message().as_bytes()


@dataclass
class Part:
    """An attachment. `calendar` holds (title, day and times, place) of each event of a calendar part."""

    name: str
    content_type: str
    content: bytes
    calendar: list = field(default_factory=list)


@dataclass
class Opened:
    """A message taken apart for its reader."""

    subject: str
    sender: str
    to: str
    reply_to: str
    text: str
    html: str
    parts: list


def opened(raw):
    """Take the bytes of a message apart. A calendar part that cannot be read is a plain attachment."""
    message = email.message_from_bytes(raw, policy=policy.default)
    text = message.get_body(("plain",))
    html = message.get_body(("html",))
    parts = []
    for number, part in enumerate(message.walk(), start=1):
        if part.is_multipart() or part is text or part is html:
            continue
        payload = part.get_payload(decode=True)
        content = payload if isinstance(payload, bytes) else b""
        parts.append(
            Part(
                name=part.get_filename() or _("part %s") % number,
                content_type=part.get_content_type(),
                content=content,
                calendar=_events(content) if part.get_content_type() == "text/calendar" else [],
            )
        )
    return Opened(
        subject=str(message["Subject"] or ""),
        sender=str(message["From"] or ""),
        to=str(message["To"] or ""),
        reply_to=str(message["Reply-To"] or ""),
        text=text.get_content() if text else "",
        html=html.get_content() if html else "",
        parts=parts,
    )


def _events(content):
    try:
        calendar = icalendar.Calendar.from_ical(content)
        return [
            {
                "title": str(event.get("SUMMARY", "")),
                "when": day_and_times(event.decoded("DTSTART"), event.decoded("DTEND")),
                "where": str(event.get("LOCATION", "")),
            }
            for event in calendar.walk("VEVENT")
        ]
    except (ValueError, KeyError, AttributeError):
        return []
