"""The addresses at which providers bring receipts and texts: who is believed, and what is harmless."""

import json
import time

import pytest
from django.test import Client

from people.messages.texts import proofs, sending
from people.models import IncomingText, Message, TextReceipt
from tests.helpers.notify_server import CALLBACK_TOKEN

ANN = "+447700900123"
SECRET = "a-secret-that-only-these-tests-know"
ADDRESSES = [
    "/webhooks/texts/notify/receipt/",
    "/webhooks/texts/notify/incoming/",
    "/webhooks/texts/http/receipt/",
    "/webhooks/texts/http/incoming/",
]
INCOMING = {
    "id": "b1f4c9f0-0000-4000-8000-000000000001",
    "source_number": "447700900123",
    "destination_number": "07700900999",
    "message": "Hello, who is this?",
    "date_received": "2026-11-23T10:00:00.000000Z",
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def outsider():
    """A client that a forged request would be refused to."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def sent(notify, ann, tell):
    message = tell(ann)
    sending.send([message.pk])
    message.refresh_from_db()
    return message


def from_notify(outsider, name, fields, token=CALLBACK_TOKEN):
    body = fields if isinstance(fields, (str, bytes)) else json.dumps(fields)
    headers = {"Authorization": f"Bearer {token}"}
    return outsider.post(f"/webhooks/texts/notify/{name}/", body, content_type="application/json", headers=headers)


def from_service(outsider, name, fields, *, seconds_ago=0, secret=SECRET):
    body = json.dumps(fields).encode()
    timestamp = str(int(time.time()) - seconds_ago)
    headers = {"X-Timestamp": timestamp, "X-Signature": proofs.signed(secret, timestamp, body)}
    return outsider.post(f"/webhooks/texts/http/{name}/", body, content_type="application/json", headers=headers)


@pytest.mark.parametrize("address", ADDRESSES)
def test_nobody_else_is_believed_and_nothing_but_post_is_taken(outsider, notify, settings, address):
    settings.TEXT_HTTP_SECRET = SECRET
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"X-Timestamp": "1", "X-Signature": "sha256=00"}):
        assert outsider.post(address, "{}", content_type="application/json", headers=headers).status_code == 403
    assert outsider.get(address).status_code == 405
    assert not IncomingText.objects.exists()


@pytest.mark.parametrize("address", ADDRESSES)
def test_without_a_provider_nobody_is_believed(outsider, db, address):
    headers = {"Authorization": "Bearer "}
    assert outsider.post(address, "{}", content_type="application/json", headers=headers).status_code == 403


@pytest.mark.parametrize(
    ("status", "ends"),
    [
        ("delivered", "delivered"),
        ("permanent-failure", "failed"),
        ("temporary-failure", "failed"),
        ("technical-failure", "failed"),
        ("sending", "sent"),
    ],
)
def test_notifys_receipt_settles_the_text(outsider, notify, sent, status, ends):
    fields = notify.ended(notify.sent[0], status)
    for _time in range(2):
        assert from_notify(outsider, "receipt", fields).status_code == 200
    sent.refresh_from_db()
    assert sent.status == ends
    assert bool(sent.last_error) == (ends == "failed")


def test_the_receipt_of_an_email_or_of_somebody_elses_text_changes_nothing(outsider, notify, sent):
    fields = notify.ended(notify.sent[0], "permanent-failure")
    assert from_notify(outsider, "receipt", {**fields, "notification_type": "email"}).status_code == 200
    stranger = {**fields, "id": "00000000-0000-4000-8000-000000000009", "reference": None}
    assert from_notify(outsider, "receipt", stranger).status_code == 200
    sent.refresh_from_db()
    assert sent.status == Message.Status.SENT
    assert not TextReceipt.objects.exists()


def test_notifys_text_is_kept_once_with_its_person(outsider, notify, ann, caplog):
    caplog.set_level("INFO")
    for _time in range(3):
        assert from_notify(outsider, "incoming", INCOMING).status_code == 200
    text = IncomingText.objects.get()
    assert (text.number, text.words, text.person) == (ANN, "Hello, who is this?", ann)
    assert text.provider_ref == INCOMING["id"]
    assert "7700900123" not in caplog.text
    assert "who is this" not in caplog.text


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        "7",
        "null",
        '"text"',
        b"\xff\xfe",
        "[" * 8000,
        {},
        {**INCOMING, "id": 7},
        {**INCOMING, "id": ""},
        {**INCOMING, "id": "x" * 121},
        {**INCOMING, "source_number": None},
        {**INCOMING, "source_number": " "},
        {**INCOMING, "message": ["x"]},
    ],
)
def test_a_body_that_is_none_of_theirs_is_refused_and_breaks_nothing(outsider, notify, body):
    assert from_notify(outsider, "incoming", body).status_code == 400
    assert not IncomingText.objects.exists()


@pytest.mark.parametrize("change", [{"status": None}, {"status": ["delivered"]}, {"id": None}])
def test_a_receipt_that_is_none_is_refused(outsider, notify, sent, change):
    fields = notify.ended(notify.sent[0], "delivered") | change
    assert from_notify(outsider, "receipt", fields).status_code == 400


@pytest.mark.parametrize("words", ["", "nul \x00 and \ud800 half a pair", "😀" * 1000])
def test_odd_words_are_kept_as_far_as_they_are_words(outsider, notify, ann, words):
    assert from_notify(outsider, "incoming", {**INCOMING, "message": words}).status_code == 200
    assert IncomingText.objects.count() == 1


def test_a_body_that_is_too_large_is_not_read(outsider, notify):
    assert from_notify(outsider, "incoming", {**INCOMING, "message": "x" * 16 * 1024}).status_code == 413


def test_the_services_receipt_settles_the_text(outsider, settings, sent):
    settings.TEXT_HTTP_SECRET = SECRET
    fields = {"id": sent.provider_ref, "reference": sending.reference_of(sent), "status": "failed", "reason": "Off."}
    for _time in range(2):
        assert from_service(outsider, "receipt", fields).status_code == 200
    sent.refresh_from_db()
    assert (sent.status, sent.last_error) == (Message.Status.FAILED, "Off.")
    assert sent.notice.messages.count() == 2
    assert from_service(outsider, "receipt", {**fields, "status": "delivered"}).status_code == 200
    sent.refresh_from_db()
    assert sent.status == Message.Status.DELIVERED
    assert from_service(outsider, "receipt", {**fields, "status": "perhaps"}).status_code == 400


def test_the_services_text_is_kept_once_and_an_old_or_forged_one_never(outsider, settings, ann):
    settings.TEXT_HTTP_SECRET = SECRET
    fields = {"id": "text-1", "from": ANN, "text": "Hello?"}
    assert from_service(outsider, "incoming", fields, seconds_ago=301).status_code == 403
    assert from_service(outsider, "incoming", fields, secret="another-secret-of-some-length").status_code == 403
    assert not IncomingText.objects.exists()
    for _time in range(2):
        assert from_service(outsider, "incoming", fields).status_code == 200
    assert IncomingText.objects.get().person == ann


def test_the_history_says_that_nobody_of_us_did_it(outsider, notify, sent):
    from_notify(outsider, "receipt", notify.ended(notify.sent[0], "delivered"))
    context = sent.history.order_by("-pgh_id").first().pgh_context.metadata
    assert context["action"] == "messages.texts.take_receipt"
    assert context["user"] is None
