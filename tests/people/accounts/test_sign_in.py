"""Signing in: a code by e-mail, the same answer for strangers, limits, mail trouble, and the second step."""

import re
import smtplib
from pathlib import Path

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.accounts.actions import accounts
from people.directory import actions as person_actions
from people.models import Notice, User
from tests.factories import a_person, a_user, an_administrator, move_address
from tests.helpers.sign_in import ask, code_in, is_signed_in

pytestmark = pytest.mark.django_db


def test_somebody_staff_have_added_signs_in_with_a_code_and_no_password(client):
    person = a_person("Ann Invented", email="ann@example.org")
    page = ask(client, "Ann@Example.org")
    assert page.redirect_chain[-1][0].startswith("/accounts/login/code/confirm/")
    [message] = mail.outbox
    assert message.to == ["ann@example.org"]
    assert code_in(message) in message.subject
    assert [kind for _body, kind in message.alternatives] == ["text/html"]
    page = client.post("/accounts/login/code/confirm/", {"code": code_in(message)}, follow=True)
    assert page.redirect_chain[-1][0] == "/"
    assert "Hello Ann" in page.text
    person.refresh_from_db()
    assert person.user.email == "ann@example.org"
    assert not person.user.has_usable_password()
    assert not Notice.objects.exists(), "codes are not kept"


def test_an_address_pasted_with_a_mark_nobody_sees_signs_in_all_the_same(client):
    pasted = (Path(__file__).parents[2] / "lib" / "data" / "email_with_U+202C_at_the_end.txt").read_text("utf-8")
    a_person(email="suryani@example.org")
    assert ask(client, pasted).status_code == 200
    assert mail.outbox[0].to == ["suryani@example.org"]
    client.post("/accounts/login/code/confirm/", {"code": code_in(mail.outbox[0])}, follow=True)
    assert is_signed_in(client)


def test_a_stranger_gets_the_same_page_and_no_account(client):
    a_person(email="ann@example.org")
    known, unknown = ask(Client(), "ann@example.org"), ask(Client(), "who@example.org")
    clean = [re.sub(r'value="[^"]*"|ann@|who@', "", page.text) for page in (known, unknown)]
    assert clean[0] == clean[1]
    assert known.redirect_chain == unknown.redirect_chain
    assert not User.objects.filter(email="who@example.org").exists()
    assert [message.to for message in mail.outbox] == [["ann@example.org"], ["who@example.org"]]
    assert "do not know this address" in mail.outbox[1].body


@pytest.mark.parametrize(
    "pasted",
    ["{}", " {} \n", "{:s}\u200b", "\u202a{}\u202c", "{spaced}", "{joined}", "{dashed}", "{unbroken}", "{wide}"],
)
def test_a_code_is_nine_figures_and_works_however_it_is_pasted(client, pasted):
    a_person(email="ann@example.org")
    ask(client, "ann@example.org")
    code = code_in(mail.outbox[-1])
    page = client.get("/accounts/login/code/confirm/").text
    box = re.search(r'<input[^>]*name="code"[^>]*>', page)[0]
    assert 'inputmode="numeric"' in box
    assert 'autocomplete="one-time-code"' in box
    typed = pasted.format(
        code,
        spaced=code.replace("-", " "),
        joined=code.replace("-", ""),
        dashed=code.replace("-", "\u2013"),
        unbroken=code.replace("-", "\u2011"),
        wide="".join(chr(ord(sign) + 0xFEE0) for sign in code),
    )
    client.post("/accounts/login/code/confirm/", {"code": typed}, follow=True)
    assert is_signed_in(client)


def test_a_wrong_code_is_told_kindly_and_three_end_the_try():
    client = Client()
    ask(client, a_user(email="ann@example.org").email)
    page = client.post("/accounts/login/code/confirm/", {"code": "WRONG1"})
    assert "Error: " in page.text
    for _try in range(2):
        page = client.post("/accounts/login/code/confirm/", {"code": "WRONG1"}, follow=True)
    assert not is_signed_in(client)
    code = code_in(mail.outbox[0])
    client.post("/accounts/login/code/confirm/", {"code": code}, follow=True)
    assert not is_signed_in(client), "the code is spent"


def test_a_closed_account_gets_no_code(client):
    a_user(email="ann@example.org", is_active=False)
    ask(client, "ann@example.org")
    assert all(not re.search(r"code to sign in:", message.body) for message in mail.outbox)


def test_a_next_page_survives_the_code(client):
    a_user(email="ann@example.org")
    client.get("/accounts/login/?next=/you/")
    page = client.post("/accounts/login/", {"login": "ann@example.org", "next": "/you/"}, follow=True)
    assert 'name="next" value="/you/"' in page.text
    page = client.post(
        "/accounts/login/code/confirm/", {"code": code_in(mail.outbox[-1]), "next": "/you/"}, follow=True
    )
    assert page.redirect_chain[-1][0] == "/you/"


def test_a_password_works_for_whoever_has_one(client):
    user = a_user(email="ann@example.org")
    user.set_password("a long and odd sentence")
    user.save()
    assert "Your password" in client.get("/accounts/login/?with=password").text
    assert "Your password" not in client.get("/accounts/login/").text
    page = client.post(
        "/accounts/login/", {"login": "ann@example.org", "password": "wrong one", "with": "password"}, follow=True
    )
    assert "Your password" in page.text
    assert not is_signed_in(client)
    client.post(
        "/accounts/login/",
        {"login": "ann@example.org", "password": "a long and odd sentence", "with": "password"},
        follow=True,
    )
    # The address has not been proved yet: a code does that once, even after a right password.
    assert not is_signed_in(client)
    client.post("/accounts/confirm-email/", {"code": code_in(mail.outbox[-1])}, follow=True)
    client.post(
        "/accounts/login/",
        {"login": "ann@example.org", "password": "a long and odd sentence", "with": "password"},
        follow=True,
    )
    assert is_signed_in(client)


@pytest.mark.parametrize("error", [ConnectionRefusedError(), smtplib.SMTPServerDisconnected("gone")])
def test_a_mail_server_that_is_down_is_said_kindly(client, monkeypatch, error):
    a_user(email="ann@example.org")

    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fail)
    for address, field in (("/accounts/login/", "login"), ("/accounts/login/code/", "email")):
        page = client.post(address, {field: "ann@example.org"})
        assert page.status_code == 503
        assert "This is our fault, not yours" in page.text


def test_asking_too_often_is_stopped_with_a_kind_page(client):
    with time_machine.travel(timezone.now(), tick=False):
        for number in range(121):
            page = client.post("/accounts/login/", {"login": f"p{number}@example.org"})
            assert (page.status_code == 429) == (number == 120), number
    assert page.status_code == 429
    assert "Please wait a little" in page.text


def test_nobody_signs_up(client):
    page = client.get("/accounts/signup/")
    assert "Your programme adds you" in page.text
    client.post("/accounts/signup/", {"email": "new@example.org"})
    assert not User.objects.exists()


def test_an_account_is_made_for_a_known_person_only_and_only_once():
    person = a_person(email="ann@example.org")
    user = accounts.account_for(email=" ANN@example.org ", by=None)
    assert user.person == person
    assert accounts.account_for(email="ann@example.org", by=None) == user
    assert accounts.account_for(email="who@example.org", by=None) is None
    assert accounts.account_for(email="", by=None) is None


# One's own address


def test_a_new_address_counts_once_its_code_comes_back_and_the_person_follows(with_second_factor, worker):
    user = a_user("Ann Invented", email="ann@example.org")
    client = with_second_factor(user)
    page = client.post("/accounts/email/", {"email": "New@Example.org", "action_add": "yes"}, follow=True)
    assert "new@example.org" in page.text
    user.person.refresh_from_db()
    assert user.person.email == "ann@example.org", "nothing has changed yet"
    code = code_in(mail.outbox[-1])
    assert mail.outbox[-1].to == ["new@example.org"]
    with worker():
        client.post("/accounts/confirm-email/", {"code": code}, follow=True)
    user.refresh_from_db()
    user.person.refresh_from_db()
    assert (user.email, user.person.email) == ("new@example.org", "new@example.org")
    told = [message for message in mail.outbox if "changed" in message.subject]
    assert [message.to for message in told] == [["ann@example.org"]]


@pytest.mark.parametrize("other", ["a person", "an account"])
def test_ones_own_page_does_not_tell_whose_an_address_is_and_gives_nobodys_away(with_second_factor, other):
    (a_person if other == "a person" else a_user)(email="taken@example.org")
    ann = a_user(email="ann@example.org")
    client = with_second_factor(ann)
    pages = {}
    # At one moment: a page says how many seconds its reader stays signed in.
    with time_machine.travel(timezone.now(), tick=False):
        for address in ("free@example.org", "taken@example.org"):
            page = client.post("/accounts/email/", {"email": address, "action_add": "yes"}, follow=True)
            pages[address] = (page.status_code, page.redirect_chain, page.text.replace(address, "…"))
    without_token = [re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page[2]) for page in pages.values()]
    first, second = (page[:2] for page in pages.values())
    assert first == second
    assert without_token[0] == without_token[1]
    # Even who reads that mailbox does not come to another account's address by the code.
    page = client.post("/accounts/confirm-email/", {"code": code_in(mail.outbox[-1])}, follow=True)
    assert page.status_code == 200
    ann.refresh_from_db()
    assert ann.email == ("ann@example.org" if other == "an account" else "taken@example.org")


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/login/",
        "/accounts/login/?with=password",
        "/accounts/login/code/",
        "/accounts/signup/",
        "/accounts/inactive/",
        "/accounts/password/reset/",
        "/accounts/password/reset/done/",
        "/accounts/password/reset/key/1-abc/",
        "/accounts/password/reset/key/done/",
    ],
)
def test_every_page_before_signing_in_is_ours_and_plain(client, address):
    page = client.get(address, follow=True)
    assert page.status_code == 200
    assert "wb-header" in page.text
    assert " style=" not in page.text
    assert not re.search(r"Two-Factor|authenticat(e|ion)|Verify", page.text)


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/email/",
        "/accounts/password/set/",
        "/accounts/logout/",
        "/accounts/2fa/",
        "/accounts/2fa/totp/activate/",
        "/accounts/2fa/webauthn/",
        "/accounts/2fa/webauthn/add/",
    ],
)
def test_every_page_of_the_account_is_ours_and_plain(with_second_factor, address):
    page = with_second_factor(a_user()).get(address, follow=True)
    assert page.status_code == 200
    assert "wb-header" in page.text
    assert not re.search(r"Two-Factor|authentication|Security Key", page.text)


def test_the_admin_sites_own_pages_of_accounts_ask_for_the_second_step_too(signed_in):
    """They are called account_… and mfa_…, as the open pages of signing in are."""
    browser = signed_in(an_administrator())
    for name in ("people_user", "mfa_authenticator", "auth_group"):
        page = browser.get(reverse(f"admin:{name}_changelist"))
        assert (page.status_code, page.get("Location")) == (302, reverse("second_step")), name


def test_administrators_take_a_lost_second_step_off_others_and_never_see_its_secret(with_second_factor):
    administrator, other = an_administrator(), a_user()
    lost, own = (
        Authenticator.objects.create(user=user, type="totp", data={"secret": "S3CRETSECRET"})
        for user in (other, administrator)
    )
    browser = with_second_factor(administrator)
    assert "S3CRETSECRET" not in browser.get(reverse("admin:mfa_authenticator_change", args=[lost.pk])).text
    browser.post(reverse("admin:mfa_authenticator_delete", args=[lost.pk]), {"post": "yes"})
    browser.post(reverse("admin:mfa_authenticator_delete", args=[own.pk]), {"post": "yes"})
    assert list(Authenticator.objects.all()) == [own]


def test_signing_in_works_and_keeps_its_limits_while_redis_is_away(client, settings):
    a_person("Ann Invented", email="ann@example.org")
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}
    assert client.post("/accounts/login/", {"login": "ann@example.org"}).status_code == 302
    assert len(mail.outbox) == 1
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "20/m/ip"}
    # Within one minute, however long it takes here.
    with time_machine.travel(timezone.now(), tick=False):
        statuses = [Client().post("/accounts/login/", {"login": "ann@example.org"}).status_code for _try in range(21)]
    assert statuses[-1] == 429


def test_pages_made_for_somebody_are_kept_by_nobody(with_second_factor):
    assert "no-store" in with_second_factor(a_user()).get("/you/")["Cache-Control"]
    assert "Cache-Control" not in Client().get("/accessibility/")


def test_an_address_somebody_else_got_meanwhile_stops_nobody_from_proving_theirs(with_second_factor):
    user = a_user(email="ann@example.org")
    other = a_user(email="other@example.org")
    move_address(other.person, "new@example.org")
    person_actions.follow_account(user=user, email="new@example.org", by=user)
    user.person.refresh_from_db()
    assert user.person.email == "ann@example.org"
