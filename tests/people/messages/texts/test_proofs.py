"""Only the provider's own requests are believed."""

import hashlib
import hmac
import time

import pytest

from people.messages.texts import proofs

TOKEN = "a-token-that-only-these-tests-know"
SECRET = "a-secret-that-only-these-tests-know"
BODY = b'{"id": "1"}'


def signature(secret=SECRET, timestamp=None, body=BODY):
    timestamp = str(int(time.time())) if timestamp is None else timestamp
    made = hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return timestamp, f"sha256={made}"


@pytest.mark.parametrize(
    ("header", "believed"),
    [
        (f"Bearer {TOKEN}", True),
        (f"Bearer {TOKEN}x", False),
        (f"Bearer {TOKEN[:-1]}", False),
        (TOKEN, False),
        ("Bearer ", False),
        ("", False),
        ("Bearer \u00e9\udcff", False),
    ],
)
def test_notify_shows_the_token_of_the_settings(settings, header, believed):
    settings.NOTIFY_CALLBACK_TOKEN = TOKEN
    assert proofs.from_notify(header) is believed


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer"])
def test_without_a_token_in_the_settings_nobody_is_believed(settings, header):
    settings.NOTIFY_CALLBACK_TOKEN = ""
    assert proofs.from_notify(header) is False


def test_a_signed_request_is_believed_as_often_as_it_comes(settings):
    settings.TEXT_HTTP_SECRET = SECRET
    timestamp, signed = signature()
    assert signed == proofs.signed(SECRET, timestamp, BODY)
    assert proofs.from_service(timestamp, signed, BODY)
    assert proofs.from_service(timestamp, signed, BODY)


@pytest.mark.parametrize("seconds", [-301, 301, -100000])
def test_a_request_from_another_time_is_not(settings, seconds):
    settings.TEXT_HTTP_SECRET = SECRET
    timestamp, signed = signature(timestamp=str(int(time.time()) + seconds))
    assert not proofs.from_service(timestamp, signed, BODY)
    timestamp, signed = signature(timestamp=str(int(time.time()) + (290 if seconds > 0 else -290)))
    assert proofs.from_service(timestamp, signed, BODY)


def test_a_request_that_was_changed_is_not(settings):
    settings.TEXT_HTTP_SECRET = SECRET
    timestamp, signed = signature()
    assert not proofs.from_service(timestamp, signed, BODY + b" ")
    assert not proofs.from_service(str(int(timestamp) + 1), signed, BODY)
    assert not proofs.from_service(timestamp, signature(secret="another")[1], BODY)
    assert not proofs.from_service(timestamp, signed.upper(), BODY)


@pytest.mark.parametrize("timestamp", ["", "now", "1e9", "٣", "-1", "1" * 40, "1.5"])
def test_a_timestamp_that_is_none_is_not(settings, timestamp):
    settings.TEXT_HTTP_SECRET = SECRET
    assert not proofs.from_service(timestamp, signature(timestamp=timestamp)[1], BODY)


def test_without_a_secret_in_the_settings_nothing_is_believed(settings):
    settings.TEXT_HTTP_SECRET = ""
    timestamp, signed = signature(secret="")
    assert not proofs.from_service(timestamp, signed, BODY)
