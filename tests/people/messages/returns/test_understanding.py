"""Reports of mail servers on an email that comes back, and other mail that is none."""

import pytest

from people.messages.returns.understanding import Kind, about_address, understood

from .conftest import DATA

IDENT = "1f" * 20


def read(name, to="ann@example.org"):
    words = (DATA / f"{name}.eml").read_text().replace("{ID}", IDENT).replace("{TO}", to)
    return understood(words.replace("\n", "\r\n").encode())


@pytest.mark.parametrize(
    ("name", "kind", "address", "words"),
    [
        ("postfix", Kind.BOUNCED, True, "550 5.1.1 <ann@example.org>: Recipient address rejected: User unknown"),
        ("exim", Kind.BOUNCED, True, "550 No such person at this address (5.0.0)"),
        ("exim_old", Kind.BOUNCED, True, "550 5.1.1 Mailbox unavailable"),
        ("exchange", Kind.BOUNCED, True, "550 5.1.10 RESOLVER.ADR.RecipientNotFound"),
        ("exchange_blocked", Kind.BOUNCED, False, "550 5.7.1 Service unavailable"),
        ("gmail", Kind.BOUNCED, True, "550-5.1.1 The email account that you tried to reach does not exist."),
        ("gmail_full", Kind.BOUNCED, False, "552-5.2.2 The recipient's inbox is out of storage space."),
        ("qmail", Kind.BOUNCED, True, "Remote host said: 550 5.1.1 No mailbox here by that name."),
        (
            "postfix_delayed",
            Kind.DELAYED,
            False,
            "connect to mx.example.org[192.0.2.25]:25: Connection timed out (4.4.1)",
        ),
        ("complaint", Kind.COMPLAINED, False, "abuse"),
    ],
)
def test_reports_of_many_servers_are_understood(name, kind, address, words):
    mail = read(name)
    assert mail.kind == kind
    assert mail.address == address
    assert words in mail.said
    assert mail.idents == (IDENT,)
    assert mail.quotes


@pytest.mark.parametrize("name", ["postfix", "exim", "exchange", "gmail", "complaint", "postfix_delayed"])
def test_a_report_says_where_the_returned_email_had_gone(name):
    assert read(name).to == "ann@example.org"


@pytest.mark.parametrize("name", ["out_of_office", "vacation"])
def test_an_automatic_answer_is_nothing_even_with_a_number_like_a_code(name):
    assert read(name).kind == Kind.NOTHING


def test_what_a_person_writes_is_not_understood_and_says_who_wrote_it():
    mail = read("answer_of_a_person")
    assert mail.kind == Kind.NOT_UNDERSTOOD
    assert mail.sender == "ann@example.org"
    assert mail.subject == "Re: Come to the planning day – yes!"


def test_a_report_without_the_returned_email_names_none():
    mail = read("without_headers")
    assert (mail.kind, mail.idents, mail.quotes) == (Kind.BOUNCED, (), False)


def test_the_return_address_names_the_email_first():
    words = (DATA / "without_headers.eml").read_text().replace("{TO}", "ann@example.org")
    mail = understood(f"Delivered-To: bounces+{IDENT}@example.org\n{words}".encode())
    assert mail.idents == (IDENT,)


def test_a_list_of_what_was_delivered_is_no_bounce():
    raw = (DATA / "postfix.eml").read_text().replace("Action: failed", "Action: relayed").replace("5.1.1", "2.0.0")
    assert understood(raw.encode()).kind == Kind.NOTHING


@pytest.mark.parametrize(
    ("said", "about"),
    [
        ("550 5.1.1 No such user", True),
        ("550 5.4.1 Recipient address rejected: Access denied", True),
        ("550 Unrouteable address", True),
        ("", True),
        ("5.0.0", True),
        ("550 5.0.0 #5.2.1 mailbox disabled", True),
        ("554 5.7.1 Blocked by a list of senders", False),
        ("552 5.2.2 Over quota", False),
        ("552 5.3.4 Message too big", False),
        ("Delivery time expired (4.4.7)", False),
        ("550 5.4.7 Delivery expired", False),
        ("550 host 5.1.1.1 said no", True),
        ("550 5.7.26 Unauthenticated email is not accepted from this domain", False),
    ],
)
def test_only_what_is_about_the_address_marks_it(said, about):
    assert about_address(said) is about


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff" * 100,
        b"Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\n",
        b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n" * 2000,
        b"Subject: =?utf-8?b?////?=\nFrom: =?nope?q?x?=\n\nHello",
        b"Content-Type: message/delivery-status\n\nAction: failed",
        b"Content-Type: text/plain; charset=nope\nContent-Transfer-Encoding: base64\n\n!!!!",
        "From: Jos\u00e9 <jos\u00e9@example.org>\nSubject: caf\u00e9\n\nHello".encode("latin-1"),
    ],
)
def test_no_bytes_of_a_stranger_stop_the_reading(raw):
    mail = understood(raw)
    assert mail.kind in {Kind.NOT_UNDERSTOOD, Kind.BOUNCED, Kind.NOTHING}
    assert "\x00" not in mail.subject + mail.sender


def test_a_report_with_a_long_line_is_read_in_a_moment():
    assert understood(b"Subject: x\n\n" + b"5." * 500_000).kind == Kind.NOT_UNDERSTOOD
