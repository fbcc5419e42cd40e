"""Fixtures that most tests of text messages start from: Notify's server, and people who like texts."""

import pytest

from people.messages import telling
from people.models import Message
from tests.factories import a_person
from tests.helpers.notify_server import NotifyServer

ANN = "+447700900123"


@pytest.fixture
def notify(settings):
    """GOV.UK Notify, and the settings that lead to it."""
    with NotifyServer() as server:
        server.use(settings)
        settings.TEXT_TIMEOUT_SECONDS = 5
        yield server


@pytest.fixture
def ann(db):
    """Somebody who likes texts, then emails."""
    return a_person("Ann Invented", phone=ANN, channel="sms", second_channel="email", email="ann@example.org")


@pytest.fixture
def tell():
    """fn(person, key) -> the first message of a new notice."""

    def tell(person, key="news:1", **more):
        values = {"kind": "details-changed", "subject": "News", "text": "Here is the news.", "short": "News for you."}
        notice = telling.tell(person, key=key, **{**values, **more})
        return Message.objects.get(notice=notice)

    return tell
