"""GOV.UK Notify: what it answers, over a real connection, and what we make of it."""

import datetime as dt
import time

import pytest
from django.utils import timezone

from people.messages.services import AwayError, LaterError, RefusedError
from people.messages.texts.choosing import provider
from people.messages.texts.notify import NotifyProvider
from tests.helpers.notify_server import KEY, SERVICE, NotifyServer

ANN = "+447700900123"


@pytest.fixture
def notify(settings):
    with NotifyServer() as server:
        server.use(settings)
        settings.TEXT_TIMEOUT_SECONDS = 5
        yield server


def test_a_text_goes_out_with_our_words_and_our_reference(notify):
    found = provider()
    assert isinstance(found, NotifyProvider)
    ident = found.send(ANN, "Will you come?", "text-1-abc")
    [text] = notify.sent
    assert (text["id"], text["phone_number"], text["reference"]) == (ident, ANN, "text-1-abc")
    assert text["body"] == "Will you come?"


def test_a_text_is_found_again_by_its_reference_and_one_that_failed_is_not(notify):
    sender = NotifyProvider()
    assert sender.find("text-1-abc") == ""
    first = sender.send(ANN, "Will you come?", "text-1-abc")
    assert sender.find("text-1-abc") == first
    assert sender.find("text-2-abc") == ""
    notify.ended(notify.sent[0], "temporary-failure")
    assert sender.find("text-1-abc") == "", "trying again is right"
    second = sender.send(ANN, "Will you come?", "text-1-abc")
    notify.ended(notify.sent[1], "delivered")
    assert sender.find("text-1-abc") == second


def test_a_text_whose_answer_never_came_is_found(notify):
    notify.troubles = ["took_and_closed"]
    sender = NotifyProvider()
    with pytest.raises(AwayError, match="could not be reached"):
        sender.send(ANN, "Will you come?", "text-1-abc")
    assert sender.find("text-1-abc") == notify.sent[0]["id"]


def limited(notify, trouble, words):
    """How many seconds a limit asks to wait."""
    notify.troubles = [trouble]
    with pytest.raises(LaterError, match=words) as caught:
        NotifyProvider().send(ANN, "Will you come?", "text-1-abc")
    assert not isinstance(caught.value, AwayError)
    assert notify.sent == []
    return caught.value.wait


def test_a_limit_of_the_minute_says_to_wait_a_minute(notify):
    assert limited(notify, "rate_limit", "asked us to send more slowly") == 60


def test_a_limit_of_the_day_says_to_wait_until_notify_counts_anew(notify):
    before = timezone.now()
    wait = limited(notify, "daily_limit", "no more text messages for us today")
    again_at = before + dt.timedelta(seconds=wait)
    assert again_at.date() == before.date() + dt.timedelta(days=1)
    assert (again_at.hour, again_at.minute) == (0, 0), "in winter, midnight here and there are one"


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        ("outage", r"has a fault \(500\)"),
        ("overloaded", r"has a fault \(503\)"),
        ("closed", "could not be reached"),
        (b"<html>Please sign in to the network</html>", "an answer we do not understand"),
    ],
)
def test_an_outage_is_worth_another_try(notify, trouble, words):
    notify.troubles = [trouble]
    with pytest.raises(AwayError, match=words):
        NotifyProvider().send(ANN, "Will you come?", "text-1-abc")


def test_nobody_listening_is_worth_another_try(settings, notify):
    settings.NOTIFY_URL = "http://127.0.0.1:9"
    with pytest.raises(AwayError, match="could not be reached"):
        NotifyProvider().send(ANN, "Will you come?", "text-1-abc")


@pytest.mark.parametrize(("trouble", "words"), [("silence", "could not be reached|in time"), ("drip", "in time")])
def test_no_request_takes_longer_than_the_settings_say(settings, notify, trouble, words):
    settings.TEXT_TIMEOUT_SECONDS = 0.4
    notify.troubles = [trouble]
    began = time.monotonic()
    with pytest.raises(AwayError, match=words):
        NotifyProvider().send(ANN, "Will you come?", "text-1-abc")
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    ("to", "trouble", "words", "number"),
    [
        ("+441632960123", "", "cannot be sent to this number.*Not a UK mobile number", True),
        (ANN, "not_international", "cannot be sent to this number.*international", True),
        (ANN, "trial_mode", "refused the text message.*trial mode", False),
    ],
)
def test_a_refusal_says_whether_it_is_the_number(notify, to, trouble, words, number):
    notify.troubles = [trouble] if trouble else []
    with pytest.raises(RefusedError, match=words) as caught:
        NotifyProvider().send(to, "Will you come?", "text-1-abc")
    assert caught.value.number is number


def test_a_template_that_is_gone_is_refused_and_says_so(settings, notify):
    settings.NOTIFY_TEMPLATE_ID = "00000000-0000-0000-0000-000000000099"
    with pytest.raises(RefusedError, match="Template not found"):
        NotifyProvider().send(ANN, "Will you come?", "text-1-abc")


@pytest.mark.parametrize("answer", [b"{}", b'{"id": ""}', b'{"id": 7}', b'{"notifications": "none"}', b"[]", b"null"])
def test_an_answer_that_is_none_of_notifys_is_no_answer(notify, answer):
    notify.troubles = [answer, answer]
    with pytest.raises(AwayError, match="do not understand"):
        NotifyProvider().send(ANN, "Will you come?", "text-1-abc")
    with pytest.raises(AwayError, match="do not understand"):
        NotifyProvider().find("text-1-abc")


def test_a_wrong_key_is_refused_and_says_who_must_check_it(settings, notify):
    settings.NOTIFY_API_KEY = KEY.replace(SERVICE, SERVICE[::-1])
    with pytest.raises(RefusedError, match=r"An administrator must check it.*API key not found") as caught:
        NotifyProvider().send(ANN, "Will you come?", "text-1-abc")
    assert not caught.value.number


def test_the_log_says_neither_the_number_nor_the_words(notify, caplog):
    notify.troubles = ["outage", "trial_mode", "rate_limit"]
    for _try in range(3):
        with pytest.raises(Exception, match="Notify"):
            NotifyProvider().send(ANN, "Will you come?", "text-1-abc")
    assert "7700900123" not in caplog.text
    assert "Will you come" not in caplog.text
