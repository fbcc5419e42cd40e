"""A mail service that sends by its API and reports by webhook: who is believed, and what is harmless."""

import base64
import hashlib
import hmac
import json
import time

import pytest
from django.test import Client
from django.utils import timezone

from people.messages import delivery
from people.models import AddressMark, MailReport, Message
from tests.helpers.mail_service import SECRET, MailService
from tests.helpers.messages import a_message

from .conftest import ways

pytestmark = pytest.mark.django_db
ADDRESS = "/webhooks/mail/"


@pytest.fixture
def service(settings):
    """The mail service, and the settings that lead to it."""
    with MailService() as server:
        server.use(settings)
        yield server


@pytest.fixture
def taken(service, ann, tell):
    """An email to Ann that the service took."""
    message = tell(ann)
    delivery.send([message.pk])
    message.refresh_from_db()
    return message


def bring(fields, secret=SECRET, client=None):
    body = fields if isinstance(fields, (str, bytes)) else json.dumps(fields)
    headers = {"Authorization": "Basic " + base64.b64encode(secret.encode()).decode()}
    client = client or Client(enforce_csrf_checks=True)
    return client.post(ADDRESS, body, content_type="application/json", headers=headers)


def test_the_services_id_is_kept(service, taken):
    assert taken.status == "sent"
    assert taken.provider_ref == service.sent[0]["MessageID"]


def test_delivered_bounced_and_delivered_again(service, taken):
    email = service.sent[0]
    assert bring(service.delivery(email)).status_code == 200
    taken.refresh_from_db()
    assert taken.status == "delivered"
    for _time in range(2):
        assert bring(service.bounce(email)).status_code == 200
    assert bring(service.delivery(email)).status_code == 200
    assert ways(taken) == [("email", "failed"), ("letter", "waiting")]
    assert AddressMark.objects.get().reason == "bounced"
    taken.refresh_from_db()
    assert taken.last_error == "The email came back: smtp;550 5.1.1 No such user"


@pytest.mark.parametrize(
    ("kind", "said", "status", "reason"),
    [
        ("Transient", "smtp;450 4.2.0 Try later", "sent", None),
        ("DnsError", "", "sent", None),
        ("AutoResponder", "", "sent", None),
        ("SoftBounce", "smtp;552 5.2.2 Over quota", "failed", None),
        ("HardBounce", "", "failed", "bounced"),
        ("BadEmailAddress", "", "failed", "bounced"),
        ("Blocked", "smtp;554 5.7.1 Blocked by a list", "failed", None),
        ("SMTPApiError", "", "failed", None),
        ("SpamNotification", "", "sent", "complained"),
        ("Unknown", "", "sent", None),
    ],
)
def test_each_kind_of_report_does_what_it_says(service, taken, kind, said, status, reason):
    assert bring(service.bounce(service.sent[0], kind, said)).status_code == 200
    taken.refresh_from_db()
    assert taken.status == status
    assert list(AddressMark.objects.values_list("reason", flat=True)) == ([reason] if reason else [])


def test_a_complaint_marks_the_address_for_what_is_not_needed(service, taken):
    for _time in range(2):
        assert bring(service.complaint(service.sent[0])).status_code == 200
    assert AddressMark.objects.get().reason == "complained"
    assert MailReport.objects.get().outcome == "complained"


@pytest.mark.parametrize("secret", ["mail-service:wrong", "", "mail-service", SECRET + "x"])
def test_nobody_else_is_believed(service, taken, secret):
    assert bring(service.bounce(service.sent[0]), secret).status_code == 403
    assert Client().post(ADDRESS, "{}", content_type="application/json").status_code == 403
    assert ways(taken) == [("email", "sent")]


def test_only_posts_are_taken_and_a_service_may_look_whether_we_are_there(service):
    assert Client().get(ADDRESS).status_code == 405
    assert Client().head(ADDRESS).status_code == 200


def test_without_a_service_the_address_is_not_there(db):
    assert bring({}).status_code == 404
    assert Client().head(ADDRESS).status_code == 404


@pytest.mark.parametrize("body", ["", "{", "[]", "7", '"x"', "null", '{"RecordType": []}', "[" * 100_000])
def test_a_body_that_is_none_of_theirs_is_refused(service, body):
    assert bring(body).status_code in {200, 400}
    assert not MailReport.objects.exists()


def test_an_email_of_somebody_else_at_the_same_service_changes_nothing(service, taken):
    stranger = {**service.sent[0], "MessageID": "00000000-0000-4000-8000-000000000009"}
    for fields in (service.bounce(stranger), service.delivery(stranger), service.complaint(stranger)):
        assert bring(fields).status_code == 200
    assert ways(taken) == [("email", "sent")]


def test_a_report_that_overtakes_the_answer_of_the_service_is_asked_for_again(service, ann, tell):
    message = tell(ann)
    Message.objects.filter(pk=message.pk).update(status="sending", taken_at=timezone.now(), attempts=1)
    email = {"MessageID": "11111111-0000-4000-8000-000000000001", "To": "Ann@example.org", "Subject": "News"}
    assert bring(service.bounce(email)).status_code == 503
    Message.objects.filter(pk=message.pk).update(status="sent", sent_at=timezone.now(), provider_ref=email["MessageID"])
    assert bring(service.bounce(email)).status_code == 200
    assert ways(message) == [("email", "failed"), ("letter", "waiting")]


def test_an_address_the_service_does_not_write_to_is_told_in_the_next_way(service, ann, tell):
    service.answers.append("refused")
    message = tell(ann)
    delivery.send([message.pk])
    assert ways(message) == [("email", "failed"), ("letter", "waiting")]
    assert AddressMark.objects.get().reason == "refused"


@pytest.mark.parametrize("answer", ["key", "away", "odd"])
def test_a_service_that_takes_nothing_now_is_tried_again_and_the_log_names_nobody(service, ann, tell, answer, caplog):
    caplog.set_level("INFO")
    service.answers.append(answer)
    message = tell(ann)
    delivery.send([message.pk])
    message.refresh_from_db()
    assert message.status == "waiting", "nobody knows that it went"
    assert message.last_error in {
        "The mail service did not take the message.",
        "The mail service gave an answer we do not understand.",
    }
    assert "ann@" not in caplog.text
    assert "Here is the news" not in caplog.text


KEY = "a-signing-key-that-only-these-tests-know"


@pytest.fixture
def mailgun(settings):
    settings.EMAIL_BACKEND, settings.MAIL_SERVICE = "anymail.backends.mailgun.EmailBackend", "mailgun"
    settings.ANYMAIL = {"MAILGUN_API_KEY": "invented", "MAILGUN_WEBHOOK_SIGNING_KEY": KEY}


def signed(event, key=KEY):
    """Return a report as Mailgun signs it."""
    timestamp, token = str(int(time.time())), hashlib.sha256(json.dumps(event).encode()).hexdigest()[:50]
    signature = hmac.new(key.encode(), f"{timestamp}{token}".encode(), hashlib.sha256).hexdigest()
    return {"signature": {"timestamp": timestamp, "token": token, "signature": signature}, "event-data": event}


def failed(message, severity):
    return {
        "event": "failed",
        "severity": severity,
        "reason": "bounce" if severity == "permanent" else "generic",
        "id": "G9Bn5sl1TC6nu79C8C0bwg",
        "timestamp": 1795341605.0,
        "recipient": message.to,
        "delivery-status": {"code": 550, "message": "5.1.1 No such user", "description": ""},
        "message": {"headers": {"to": message.to, "message-id": message.provider_ref.strip("<>")}},
    }


def test_a_signed_report_of_another_service_is_believed_and_its_later_try_waited_for(mailgun, ann):
    message = a_message(to=ann.email, person=ann, status="sent", provider_ref="<20261123100000.1@mg.example.org>")
    later, final = failed(message, "temporary"), failed(message, "permanent")
    assert bring(signed(final, key="another")).status_code == 403
    assert bring(signed(later)).status_code == 200
    assert ways(message) == [("email", "sent")]
    assert bring(signed(final)).status_code == 200
    assert ways(message) == [("email", "failed"), ("letter", "waiting")]
    assert bring({"event-data": final}).status_code == 403
