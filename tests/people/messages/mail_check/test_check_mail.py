"""`manage.py check_mail`: what it says of a name server, a mail server and a mailbox that are there, or not."""

import io
import ssl

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from django.core.management import CommandError, call_command

from tests.helpers.certificates import a_certificate
from tests.helpers.dns_server import DnsServer
from tests.helpers.imap_server import ImapServer
from wellbeing.local.processes import free_port

ADDRESS = "192.0.2.10"
USER, PASSWORD = "wellbeing", "an-invented-password"


class Mailbox:
    """Takes what is sent."""

    async def handle_DATA(self, server, session, envelope):
        """Take an email: check_mail must send none."""
        raise AssertionError("check_mail sent an email")


def lets_in(server, session, envelope, mechanism, given):
    """Let the one account in that these tests know."""
    right = isinstance(given, LoginPassword) and given == LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=right)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    return a_certificate(tmp_path_factory.mktemp("certificate"), "127.0.0.1")


@pytest.fixture(scope="session")
def imap_server():
    with ImapServer() as server:
        yield server


@pytest.fixture
def smtp(certificate, settings, monkeypatch):
    """A mail server with TLS and an account, and the settings that lead to it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    controller = Controller(
        Mailbox(),
        hostname="127.0.0.1",
        port=free_port(),
        tls_context=context,
        authenticator=lets_in,
        data_size_limit=25_000_000,
    )
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD, settings.EMAIL_USE_TLS = USER, PASSWORD, True
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    yield controller
    controller.stop()


@pytest.fixture
def names(settings):
    """A name server that knows everything a domain needs."""
    settings.DEFAULT_FROM_EMAIL = "Wellbeing <hello@wellbeing.example.org>"
    settings.DKIM_SELECTORS = ["s2026"]
    with DnsServer() as server:
        server.add("wellbeing.example.org", "MX", "10 mx.example.org.")
        server.add("wellbeing.example.org", "TXT", '"another text"', '"v=spf1 mx " "~all"')
        server.add("s2026._domainkey.wellbeing.example.org", "TXT", '"v=DKIM1; k=rsa; p=MIGf" "MA0"')
        server.add("_dmarc.example.org", "TXT", '"v=DMARC1; p=quarantine"')
        server.add("10.2.0.192.in-addr.arpa", "PTR", "mail.example.org.")
        server.add("mail.example.org", "A", ADDRESS)
        server.add("example.org", "MX", "10 mx.example.org.")
        yield server


@pytest.fixture
def whole(names, smtp, imap_server, settings):
    """Everything is there."""
    imap_server.use(settings)
    return names


def check(names, **options):
    """Return what the command says, and whether it ended well."""
    out = io.StringIO()
    try:
        call_command("check_mail", nameserver=names.address, stdout=out, **{"address": ADDRESS, **options})
    except CommandError as error:
        return f"{out.getvalue()}{error}", error.returncode == 0
    return out.getvalue(), True


def lines(said, mark):
    return [line for line in said.splitlines() if line.startswith(mark)]


def test_where_everything_is_there_it_says_so_and_sends_nothing(whole):
    said, well = check(whole)
    assert well, said
    assert not lines(said, "MISSING")
    assert "Nothing is missing." in said
    for words in (
        "SPF of example.org",
        "DKIM key s2026._domainkey.wellbeing.example.org: The key is there.",
        "DMARC of wellbeing.example.org: v=DMARC1; p=quarantine",
        "Mail to wellbeing.example.org (answers to emails): mx.example.org",
        "Mail to example.org (emails that come back): mx.example.org",
        f"Name of the sending server {ADDRESS}: mail.example.org",
        "Encryption to the mail server: TLSv1.",
        "It let us in. It offers: ",
        "Largest email: 25 MB",
        "The mailbox bounces@example.org can be read.",
    ):
        assert words in said


@pytest.fixture(autouse=True)
def _spf_of_the_return_path(names):
    names.add("example.org", "TXT", '"v=spf1 mx -all"')


SPF = ("example.org", "TXT")
CHANGES = {
    "no SPF": (SPF, (), "does not say which servers may send its emails"),
    "two SPF": (SPF, ('"v=spf1 -all"', '"v=spf1 mx -all"'), "There are 2 SPF records"),
    "open SPF": (SPF, ('"v=spf1 +all"',), "lets every server of the world send in your name"),
    "bare all": (SPF, ('"v=spf1 mx all"',), "lets every server of the world send in your name"),
    "SPF without an end": (SPF, ('"v=spf1 mx"',), "does not say what to do with emails from other servers"),
    "SPF that is like one": (SPF, ('"v=spf10 mx -all"',), "does not say which servers may send its emails"),
    "no DKIM key": (("s2026._domainkey.wellbeing.example.org", "TXT"), (), "There is no key"),
    "an empty DKIM key": (
        ("s2026._domainkey.wellbeing.example.org", "TXT"),
        ('"v=DKIM1; p="',),
        "The key was taken back",
    ),
    "two DKIM keys": (
        ("s2026._domainkey.wellbeing.example.org", "TXT"),
        ('"v=DKIM1; p=a"', '"v=DKIM1; p=b"'),
        "There is more than one key",
    ),
    "no DMARC": (("_dmarc.example.org", "TXT"), (), "emails that only pretend to come from it"),
    "DMARC without a policy": (("_dmarc.example.org", "TXT"), ('"v=DMARC1; p=perhaps"',), "cannot be used"),
    "no MX": (("wellbeing.example.org", "MX"), (), "answers would not arrive"),
    "null MX": (("wellbeing.example.org", "MX"), ("0 .",), "The domain says that it takes no mail"),
    "no reverse name": (("10.2.0.192.in-addr.arpa", "PTR"), (), "The address has no name"),
    "a reverse name of somebody else": (
        ("10.2.0.192.in-addr.arpa", "PTR"),
        ("other.example.com.",),
        "other.example.com does not lead back to it",
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_the_dns_lacks_is_named_with_what_to_do(whole, what):
    (name, kind), values, words = CHANGES[what]
    whole.forget(name, kind)
    if values:
        whole.add(name, kind, *values)
    said, well = check(whole)
    assert not well
    [missing] = lines(said, "MISSING")
    assert words in missing
    assert said.splitlines()[said.splitlines().index(missing) + 1].startswith("         What to do: ")
    assert "1 of " in said.splitlines()[-1]


def test_what_is_weak_and_works_is_said_and_is_not_missing(whole):
    whole.forget("_dmarc.example.org", "TXT")
    whole.add("_dmarc.wellbeing.example.org", "TXT", '"v=DMARC1;p=none"')
    whole.forget("wellbeing.example.org", "MX")
    whole.add("wellbeing.example.org", "A", ADDRESS)
    whole.forget(*SPF)
    whole.add(*SPF, '"v=spf1 redirect=_spf.example.com"')
    said, well = check(whole)
    assert well, said
    assert "it watches only" in said
    assert "mail goes to the server of the domain itself" in said


def test_without_selectors_dkim_cannot_be_looked_at(whole, settings):
    settings.DKIM_SELECTORS = []
    said, well = check(whole)
    assert not well
    assert "set DKIM_SELECTORS" in said


def test_a_mail_server_on_this_machine_needs_the_public_address(whole):
    said, well = check(whole, address="")
    assert not well
    assert "127.0.0.1 is not a public address" in said
    assert "--address" in said


def test_no_name_server_is_said_and_is_no_all_clear(whole):
    whole.is_broken = True
    said, well = check(whole)
    assert not well
    assert "No name server answered" in said
    assert "It let us in" in said, "the rest is looked at all the same"


def test_an_option_that_is_no_address_is_refused(whole):
    assert "--address must be an IP address" in check(whole, address="mail.example.org")[0]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"EMAIL_HOST_PASSWORD": "wrong"}, "It did not let us in"),
        ({"EMAIL_PORT": 1}, "It cannot be reached"),
        ({"BOUNCE_IMAP_PASSWORD": "wrong"}, "The mailbox cannot be read"),
        ({"BOUNCE_IMAP_HOST": "", "BOUNCE_ADDRESS": ""}, "people whose address is wrong miss everything"),
        ({"EMAIL_BACKEND": "people.messages.demo_mail.DemoMailboxBackend"}, "which sends no emails"),
    ],
)
def test_what_the_servers_lack_is_named(whole, settings, changes, words):
    for name, value in changes.items():
        setattr(settings, name, value)
    said, well = check(whole)
    assert not well
    assert any(words in line for line in lines(said, "MISSING")), said
    assert PASSWORD not in said


def test_a_certificate_nobody_vouches_for_is_said(whole, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    said, well = check(whole)
    assert not well
    assert "The server could not prove that it is 127.0.0.1" in said


def test_a_server_without_encryption_is_said(whole, settings):
    plain = Controller(Mailbox(), hostname="127.0.0.1", port=free_port())
    plain.start()
    settings.EMAIL_PORT, settings.EMAIL_HOST_USER = plain.port, ""
    try:
        assert "does not offer STARTTLS" in check(whole)[0]
        settings.EMAIL_USE_TLS = False
        assert "none is needed: the mail server is on this machine" in check(whole)[0]
        # Another way to write the same address, which no longer looks like this machine.
        settings.EMAIL_HOST = "127.1"
        assert "None: emails and the password travel for everybody to read." in check(whole)[0]
    finally:
        plain.stop()


def test_a_mail_service_needs_no_mail_server_and_says_where_its_reports_go(names, settings):
    settings.MAIL_SERVICE, settings.EMAIL_PORT = "postmark", 1
    names.forget("wellbeing.example.org", "TXT")
    names.add("wellbeing.example.org", "TXT", '"v=spf1 include:spf.example.com -all"')
    said, well = check(names, address="")
    assert well, said
    assert "http://localhost:8000/webhooks/mail/" in said
    assert "Mail server" not in said
