"""The bytes of a mail: headers and parts that every mail program reads as they were meant, in any script."""

import email
from email.policy import default

import pytest
from django.core.mail import EmailMultiAlternatives, SafeMIMEMultipart

from people.messages import delivery, telling
from people.models import Message
from tests.helpers.mail_server import listening

pytestmark = pytest.mark.django_db

LONG = "Your claim for travel, childcare and half a day of your time at the workshop on the language we use " * 3
SUBJECTS = {
    "long": LONG.strip()[:249],
    "Chinese": "陳大文，你的申請已批准" * 20,
    "Bengali": "রহিমা বেগম, আপনার দাবি " * 9,
    "Arabic": "محمد علي خان، تمت الموافقة على طلبك " * 6,
    "Polish": "Łukasz Żółkiewski: zażółć gęślą jaźń " * 6,
    "emoji": "Jo 🦋 Butterfly 👍🏽",
    "one word": "A" * 249,
    "looks encoded": "=?utf-8?q?Hello?= from Ann",
    "two lines": "Hello\nBcc: everybody@example.org",
}


def bytes_of(**fields):
    values = {"to": "ann@example.org", "subject": "Hello", "text": "Hello Ann"}
    notice = telling.tell(None, "account", key="k", **{**values, **fields})
    return delivery.email_of(notice.messages.get()).drawn.replace(b"\r\n", b"\n")


def read(content):
    return email.message_from_bytes(content, policy=default)


@pytest.mark.parametrize("name", SUBJECTS)
def test_a_subject_arrives_as_it_was_written(name):
    content = bytes_of(subject=SUBJECTS[name])
    head = content.partition(b"\n\n")[0]
    assert head.isascii()
    lines = head.split(b"\n")
    assert max(map(len, lines)) <= 78, max(lines, key=len)
    assert b"Subject:" not in [line.strip() for line in lines], "nothing stands beside its name"
    mail = read(content)
    assert mail["Subject"] == " ".join(SUBJECTS[name].split())
    assert mail["Bcc"] is None
    assert not mail["Subject"].defects


def test_a_body_in_any_script_arrives_and_has_no_line_that_is_too_long():
    text = "Dear 陳大文, রহিমা বেগম, محمد علي, Jo 🦋,\n\n" + "word " * 1000 + "\nhttps://example.org/" + "x" * 2000
    content = bytes_of(text=text, html=f"<p>{text}</p>")
    assert max(map(len, content.split(b"\n"))) <= 998
    mail = read(content)
    assert mail.get_body(("plain",)).get_content().strip() == text
    assert text in mail.get_body(("html",)).get_content()


def taken_apart(content):
    """The headers of a mail but its time, and the type, the file's name and the content of each of its parts."""
    mail = read(content)
    headers = {name: value for name, value in mail.items() if not name.startswith(("Content-", "MIME-", "Date"))}
    parts = [
        (part.get_content_type(), part.get_content_charset(), part.get_filename(), part.get_payload(decode=True))
        for part in mail.walk()
    ]
    return headers, parts


WAYS_TO_SAY_IT: dict[str, dict] = {
    "plain": {},
    "a page": {"html": "<p>Hello Ann</p>", "reply_to": "staff@example.org"},
    "in many scripts": {"subject": "রহিমা বেগম", "text": "Dear 陳大文 🦋\n", "html": "<p>محمد علي</p>"},
    "a file": {"parts": [("day.ics", "text/calendar; charset=utf-8; method=PUBLISH", "BEGIN 🦋".encode())]},
    "two files and a page": {
        "html": "<p>Hello</p>",
        "parts": [("Łódź.pdf", "application/pdf", b"%PDF-1.7\n\xff"), ("words.txt", "text/plain", "Łódź\n".encode())],
    },
    "a dot alone": {"text": "One\n.\nTwo\nFrom here\n"},
    "a long line": {"text": "word " * 1000, "html": f"<p>{'word ' * 1000}</p>"},
}


@pytest.mark.parametrize("sender", ["Wellbeing Together <hello@example.org>", "Łódź Together <hello@łódź.example>"])
@pytest.mark.parametrize("name", WAYS_TO_SAY_IT)
def test_a_mail_says_what_django_would_make_it_say(settings, name, sender):
    settings.DEFAULT_FROM_EMAIL = sender
    fields = {"to": "ann@example.org", "subject": "Hello", "text": "Hello Ann"} | WAYS_TO_SAY_IT[name]
    made = delivery.email_of(telling.tell(None, "account", key="k", **fields).messages.get())
    ours = taken_apart(made.drawn)
    theirs = taken_apart(SafeMIMEMultipart.as_bytes(EmailMultiAlternatives.message(made), linesep="\r\n"))
    assert ours == theirs
    assert {"Subject", "From", "To", "Message-ID", "Auto-Submitted"} <= set(ours[0])
    assert read(made.drawn)["Date"].datetime
    assert made.message().as_bytes() == made.drawn.replace(b"\r\n", b"\n")


def test_a_header_cannot_bring_another(settings):
    settings.DEFAULT_FROM_EMAIL = "Together <hello@example.org>\nBcc: everybody@example.org"
    message = telling.tell(None, "account", key="k", to="ann@example.org", subject="Hello", text="Hello").messages.get()
    assert delivery.send([message.pk]) == 0
    message.refresh_from_db()
    assert message.status == Message.Status.FAILED
    assert "cannot be put together" in message.last_error


class Remembering:
    """A mail server that remembers what it was given, and refuses one address."""

    def __init__(self):
        self.given = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address == "gone@example.org":
            return "550 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.given.append((envelope.mail_from, envelope.rcpt_tos, envelope.content, session.peer))
        return "250 OK"


@pytest.fixture
def mail_server(settings):
    for server in listening(Remembering()):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


def test_over_smtp_a_mail_arrives_as_it_was_drawn_and_one_connection_serves_all(mail_server, settings):
    settings.DEFAULT_FROM_EMAIL = "Łódź Together <hello@łódź.example>"
    text = "One\n.\n..Two 🦋\n"
    drafts = [
        {"key": to, "kind": "account", "to": to, "subject": "Hello", "text": text, "html": "<p>🦋</p>"}
        for to in ("ann@example.org", "gone@example.org", "bob@example.org")
    ]
    messages = [notice.messages.get() for notice in telling.tell_many(drafts)]
    assert delivery.send([message.pk for message in messages]) == 2
    assert [to for _sender, to, _content, _peer in mail_server.given] == [["ann@example.org"], ["bob@example.org"]]
    host = "łódź.example".encode("idna").decode()
    assert {sender for sender, _to, _content, _peer in mail_server.given} == {f"hello@{host}"}
    assert len({peer for _sender, _to, _content, peer in mail_server.given}) == 1
    for _sender, _to, content, _peer in mail_server.given:
        assert read(content).get_body(("plain",)).get_content() == text.replace("\n", "\r\n")
    messages[1].refresh_from_db()
    assert "No such mailbox" in messages[1].last_error
