"""Messages for tests that are not about how they come to be."""

import datetime as dt
import itertools

from django.utils import timezone

from people.models import Message, Notice, SendingLimit

_numbers = itertools.count(1)


def a_message(*, channel="email", to="a@example.org", person=None, audience="", notice=None, kind="role", **fields):
    """Make a message and, unless it is given, its notice. Return the Message. `fields` are those of the message."""
    number = next(_numbers)
    notice = notice or Notice.objects.create(
        key=f"test:{number}",
        kind=kind,
        person=person,
        audience=audience,
        voice=audience,
        subject="Hello",
        text_body="Hello",
    )
    if fields.get("status") in {"sent", "delivered"}:
        fields.setdefault("sent_at", timezone.now())
    return Message.objects.create(notice=notice, channel=channel, to=to, **fields)


def let_texts_go_at_night():
    """Take the quiet hours of text messages away, for tests by the real clock, which run at any hour."""
    SendingLimit.objects.create(channel="sms", per_minute=0, effective_from=dt.date(2020, 1, 2))
