"""The bytes of a mail: headers and parts that every mail program reads as they were meant, in any script."""

import email
from email.policy import default

import pytest

from people.messages import delivery, outbox
from people.models import Message

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
    values = {"key": "k", "kind": "greeting", "to": "ann@example.org", "subject": "Hello", "text": "Hello Ann"}
    message = outbox.enqueue(**{**values, **fields})
    return delivery.email_of(Message.objects.prefetch_related("parts").get(pk=message.pk)).message().as_bytes()


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
