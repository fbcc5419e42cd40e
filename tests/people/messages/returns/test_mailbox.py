"""The mailbox that emails come back to, on a real IMAP server."""

import ssl

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings as django_settings
from django.core import mail
from django.core.cache import cache

from people.messages import delivery
from people.messages.contributions import returned_mail_facts
from people.messages.returns import actions, addresses, mailbox
from people.messages.returns.timed import read_bounces
from people.models import AddressMark, MailReport, Message
from tests.factories import a_person
from tests.helpers.certificates import a_certificate
from tests.helpers.imap_server import USER, ImapServer
from wellbeing.local.processes import free_port

from .conftest import returned, ways

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="session")
def imap_server():
    with ImapServer() as server:
        yield server


@pytest.fixture
def box(imap_server, settings):
    """The mailbox, empty, and the settings that lead to it."""
    imap_server.empty()
    imap_server.use(settings)
    return imap_server


@pytest.mark.parametrize("name", ["postfix", "exim", "exim_old", "exchange", "gmail", "qmail"])
def test_an_email_that_came_back_is_told_in_the_next_way(box, sent, name):
    box.put(returned(name, sent))
    assert mailbox.read() == 1
    assert ways(sent) == [("email", "failed"), ("letter", "waiting")]
    sent.refresh_from_db()
    assert sent.last_error.startswith("The email came back: ")
    assert AddressMark.objects.get().address == "ann@example.org"
    assert box.subjects("INBOX") == []
    assert len(box.subjects("Read")) == 1
    assert not MailReport.objects.filter(for_an_administrator=True).exists()


@pytest.mark.parametrize("name", ["exchange_blocked", "gmail_full"])
def test_a_final_refusal_for_another_reason_marks_nothing(box, sent, name):
    box.put(returned(name, sent))
    mailbox.read()
    assert ways(sent) == [("email", "failed"), ("letter", "waiting")]
    assert not AddressMark.objects.exists()


def test_a_delay_is_noted_and_automatic_answers_are_nothing(box, sent):
    box.put(*(returned(name, sent) for name in ("postfix_delayed", "out_of_office", "vacation")))
    assert mailbox.read() == 3
    assert ways(sent) == [("email", "sent")]
    assert MailReport.objects.get().outcome == "delayed"
    assert len(box.subjects("Read")) == 3


def test_a_complaint_by_email_marks_the_address_for_what_is_not_needed(box, sent):
    box.put(returned("complaint", sent))
    mailbox.read()
    assert ways(sent) == [("email", "sent")]
    assert AddressMark.objects.get().reason == "complained"


def test_what_is_not_understood_stays_for_an_administrator(box, sent):
    box.put(returned("answer_of_a_person", sent), returned("without_headers", sent), b"\xff\x00 no mail at all")
    assert mailbox.read() == 3
    assert ways(sent) == [("email", "sent")]
    assert not AddressMark.objects.exists(), "anybody could write such a report"
    assert len(box.subjects("Not understood")) == 3
    waiting = MailReport.objects.to_see()
    assert {(row.sender, row.subject) for row in waiting} == {
        ("ann@example.org", "Re: Come to the planning day – yes!"),
        ("postmaster@strict.example.org", "Delivery failure"),
        ("", ""),
    }


def test_what_came_back_of_mail_that_others_sent_in_our_name_is_nobodys_task(box, sent):
    raw = returned("postfix", sent).replace(addresses.ident(sent.notice).encode(), b"f" * 40)
    box.put(raw, raw.replace(b"f" * 40 + b"@localhost", b"spam-1@elsewhere.example.com"))
    mailbox.read()
    assert ways(sent) == [("email", "sent")]
    assert not MailReport.objects.exists()
    assert len(box.subjects("Read")) == 2


def test_the_same_report_twice_is_harmless(box, sent):
    raw = returned("postfix", sent)
    box.put(raw, raw)
    mailbox.read()
    box.put(raw)
    mailbox.read()
    assert ways(sent) == [("email", "failed"), ("letter", "waiting")]
    assert MailReport.objects.count() == 1


class KilledError(BaseException):
    """Ends a worker at once, as SIGKILL does: no code of ours may catch it."""


@pytest.mark.parametrize("moment", ["before it is written", "before it is moved"])
def test_a_worker_killed_between_writing_and_moving_loses_nothing_and_does_nothing_twice(
    box, sent, moment, monkeypatch
):
    def killed(*_arguments, **_more):
        raise KilledError

    box.put(returned("postfix", sent), returned("answer_of_a_person", sent))
    with monkeypatch.context() as patched:
        if moment == "before it is written":
            patched.setattr(actions.reports, "take", killed)
        else:
            patched.setattr("imap_tools.BaseMailBox.move", killed)
        with pytest.raises(KilledError):
            mailbox.read()
    assert len(box.subjects("INBOX")) == 2, "it is still there"
    written = MailReport.objects.count()
    assert written == (0 if moment == "before it is written" else 1)
    read_bounces()
    assert box.subjects("INBOX") == []
    assert ways(sent) == [("email", "failed"), ("letter", "waiting")]
    assert MailReport.objects.count() == 2


def test_every_email_has_a_return_path_to_the_mailbox(box, ann, tell):
    message = tell(ann)
    delivery.send([message.pk])
    [went] = mail.outbox
    assert went.from_email == USER
    assert went.message()["From"] == django_settings.DEFAULT_FROM_EMAIL


def test_each_email_may_have_a_return_address_of_its_own(box, ann, tell, settings):
    settings.BOUNCE_ADDRESS_EACH = True
    message = tell(ann)
    delivery.send([message.pk])
    message.refresh_from_db()
    [went] = mail.outbox
    assert went.from_email == f"bounces+{message.provider_ref}@example.org"
    box.put(f"Delivered-To: {went.from_email}\r\n".encode() + returned("without_headers", message))
    mailbox.read()
    assert ways(message) == [("email", "failed"), ("letter", "waiting")]


def test_without_a_mailbox_emails_go_as_before_and_nothing_is_read(ann, tell):
    message = tell(ann)
    delivery.send([message.pk])
    assert mail.outbox[0].from_email == django_settings.DEFAULT_FROM_EMAIL
    assert mailbox.read() == 0
    assert "Not set up" in returned_mail_facts()[0]["value"]


def test_a_mailbox_that_cannot_be_read_is_said_to_administrators_and_stops_nothing(box, settings, caplog):
    cache.delete(mailbox.LAST_READING)
    assert returned_mail_facts()[0]["value"] == "The mailbox has not been read yet"
    mailbox.read()
    assert returned_mail_facts()[0]["value"].startswith("The mailbox was last read on 23 November 2026")
    settings.BOUNCE_IMAP_PASSWORD = "wrong"
    assert mailbox.read() == 0
    assert "could not be read" in returned_mail_facts()[0]["value"]
    assert USER not in caplog.text
    settings.BOUNCE_IMAP_PORT = 1
    assert mailbox.read() == 0


def test_the_password_goes_over_tls_and_to_the_right_server_alone(settings, tmp_path, monkeypatch, sent):
    certificate, key = a_certificate(tmp_path, "127.0.0.1")
    with ImapServer(certificate=certificate, key=key) as server:
        server.use(settings)
        assert mailbox.read() == 0
        assert "certificate" in returned_mail_facts()[0]["value"].lower(), "nobody vouches for it"
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        with mailbox.opened() as opened:
            assert isinstance(opened.client.sock, ssl.SSLSocket)
            opened.delete(opened.uids())
            opened.append(returned("postfix", sent), "INBOX")
        assert mailbox.read() == 1
    assert ways(sent) == [("email", "failed"), ("letter", "waiting")]


def test_two_readings_at_once_do_it_once(box, sent):
    box.put(returned("gmail", sent))
    with mailbox.opened() as one:
        uid = one.uids()[0]
        assert mailbox.read() == 1
        mailbox._deal_with(one, uid)
    assert box.subjects("INBOX") == []
    assert MailReport.objects.count() == 1
    assert ways(sent) == [("email", "failed"), ("letter", "waiting")]


def test_a_report_on_one_of_many_is_about_that_one(box, tell):
    messages = [tell(a_person(email=f"p{number}@example.org"), f"news:{number}") for number in range(3)]
    delivery.send([message.pk for message in messages])
    box.put(returned("exim", messages[1]))
    mailbox.read()
    assert [Message.objects.get(pk=row.pk).status for row in messages] == ["sent", "failed", "sent"]


class Envelopes:
    """Keeps the envelope and the words of what a mail server took."""

    def __init__(self):
        self.taken = []

    async def handle_DATA(self, server, session, envelope):
        """Take an email."""
        self.taken.append((envelope.mail_from, envelope.rcpt_tos, envelope.content.decode()))
        return "250 OK"


def test_a_real_mail_server_gets_the_return_path_and_its_reader_our_own_address(box, ann, tell, settings):
    envelopes = Envelopes()
    controller = Controller(envelopes, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.BOUNCE_ADDRESS_EACH = True
    message = tell(ann)
    try:
        delivery.send([message.pk])
    finally:
        controller.stop()
    message.refresh_from_db()
    [(sender, to, words)] = envelopes.taken
    assert (sender, to) == (f"bounces+{message.provider_ref}@example.org", ["ann@example.org"])
    assert f"From: {settings.DEFAULT_FROM_EMAIL}" in words
    assert f"Message-ID: <{message.provider_ref}@localhost>" in words
    assert len(message.provider_ref) == 40
