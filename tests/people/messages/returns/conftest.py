"""Somebody who was sent an email, and the mails that come back for it."""

from pathlib import Path

import pytest
from django.core import mail

from people.messages import delivery, telling
from people.messages.returns import addresses
from people.models import Message
from tests.factories import a_person

DATA = Path(__file__).parent / "data"


@pytest.fixture
def ann(db):
    """Somebody who likes emails, then letters."""
    return a_person(
        "Ann Invented",
        email="ann@example.org",
        channel="email",
        second_channel="letter",
        postal_address="1 Invented Road\nInventedham",
    )


@pytest.fixture
def tell():
    """fn(person, key) -> the first message of a new notice."""

    def tell(person, key="news:1", **more):
        values = {"kind": "details-changed", "subject": "News", "text": "Here is the news."}
        notice = telling.tell(person, key=key, **{**values, **more})
        return Message.objects.get(notice=notice)

    return tell


@pytest.fixture
def sent(ann, tell):
    """An email to Ann that went out."""
    message = tell(ann)
    delivery.send([message.pk])
    message.refresh_from_db()
    assert message.status == "sent"
    mail.outbox.clear()
    return message


def returned(name, message, to=""):
    """Return one of the mails of `data`, about `message`, as bytes with the line ends of mail."""
    words = (DATA / f"{name}.eml").read_text()
    words = words.replace("{ID}", addresses.ident(message.notice)).replace("{TO}", to or message.to)
    return words.replace("\n", "\r\n").encode()


def ways(message):
    """Return the tries to tell the notice of `message`: (channel, status) of each."""
    return list(message.notice.messages.order_by("pk").values_list("channel", "status"))
