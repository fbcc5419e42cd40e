"""Signing in: a code by e-mail, the same answer for strangers, limits, mail trouble, and the second step."""

import re
import smtplib

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.accounts.actions import accounts
from people.directory import actions as person_actions
from people.models import Message, User
from programmes.models import Role
from tests.factories import a_person, a_programme, a_user, an_administrator, move_address, with_role
from tests.helpers.proof import app_code
from tests.helpers.sign_in import code_in

pytestmark = pytest.mark.django_db


def ask(client, email, **extra):
    return client.post("/accounts/login/", {"login": email, **extra}, follow=True)


def sign_in_by_code(client, email):
    ask(client, email)
    return client.post("/accounts/login/code/confirm/", {"code": code_in(mail.outbox[-1])}, follow=True)


def an_app_for(user):
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def is_signed_in(client):
    return "_auth_user_id" in client.session


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
    assert not Message.objects.exists(), "codes are not kept"


def test_a_stranger_gets_the_same_page_and_no_account(client):
    a_person(email="ann@example.org")
    known, unknown = ask(Client(), "ann@example.org"), ask(Client(), "who@example.org")
    clean = [re.sub(r'value="[^"]*"|ann@|who@', "", page.text) for page in (known, unknown)]
    assert clean[0] == clean[1]
    assert known.redirect_chain == unknown.redirect_chain
    assert not User.objects.filter(email="who@example.org").exists()
    assert [message.to for message in mail.outbox] == [["ann@example.org"], ["who@example.org"]]
    assert "do not know this address" in mail.outbox[1].body


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


# The second step


@pytest.fixture
def staff():
    return with_role(a_programme(), Role.STAFF, "Stella Staff")


def test_staff_without_a_second_step_reach_nothing_but_the_page_that_asks_for_one(client, staff):
    page = sign_in_by_code(client, staff.email)
    assert page.redirect_chain[-1][0] == "/you/second-step/"
    assert "Add a passkey" in page.text
    for address in ("/", "/messages/", f"/people/{staff.person.pk}/", "/programmes/", "/you/"):
        assert client.get(address)["Location"] == "/you/second-step/", address
    assert client.post("/you/edit/", {"full_name": "x"})["Location"] == "/you/second-step/"
    for address in ("/accessibility/", "/contact/", "/accounts/2fa/", "/accounts/2fa/totp/activate/", "/healthz"):
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("role", [Role.FINANCE, Role.STAFF])
def test_every_role_that_reaches_others_needs_it(role, client):
    client.force_login(with_role(a_programme(), role))
    assert client.get("/")["Location"] == "/you/second-step/"


def test_administrators_need_it_too_and_people_with_lived_experience_do_not(client):
    client.force_login(an_administrator())
    assert client.get("/")["Location"] == "/you/second-step/"
    client.force_login(with_role(a_programme(), Role.LIVED_EXPERIENCE))
    assert client.get("/").status_code == 200
    assert client.get("/you/second-step/")["Location"] == "/"


@pytest.mark.django_db(transaction=True)
def test_setting_up_an_app_opens_the_door_at_once(client, staff, worker):
    sign_in_by_code(client, staff.email)
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    client.post("/accounts/2fa/totp/activate/", {"code": app_code(secret)})
    assert Authenticator.objects.filter(user=staff, type="totp").exists()
    assert client.get("/").status_code == 200
    assert len(client.get("/accounts/2fa/recovery-codes/").context["unused_codes"]) == 10
    assert Message.objects.get().subject == "A second step was added to your account"
    assert mail.outbox[-1].to == [staff.email]


def test_whoever_has_an_app_is_asked_for_its_code_after_the_one_from_the_mail(client, staff):
    secret = an_app_for(staff)
    page = sign_in_by_code(client, staff.email)
    assert page.redirect_chain[-1][0] == reverse("mfa_authenticate")
    assert not is_signed_in(client)
    assert client.get("/messages/")["Location"].startswith("/accounts/login/")
    page = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Error: " in page.text
    page = client.post(reverse("mfa_authenticate"), {"code": app_code(secret)}, follow=True)
    assert is_signed_in(client)
    assert client.get("/").status_code == 200


def test_a_session_older_than_the_second_step_has_to_show_it(client, staff):
    client.force_login(staff)
    secret = an_app_for(staff)
    page = client.get("/", follow=True)
    assert "Use your second step" in page.text
    page = client.post(f"{reverse('mfa_reauthenticate')}?next=/", {"code": app_code(secret)}, follow=True)
    assert client.get("/").status_code == 200


def test_removing_the_last_one_closes_the_door_again(client, staff):
    secret = an_app_for(staff)
    sign_in_by_code(client, staff.email)
    client.post(reverse("mfa_authenticate"), {"code": app_code(secret)}, follow=True)
    assert client.get("/").status_code == 200
    session = client.session
    for record in session["account_authentication_methods"]:
        record["reauthenticated"] = True
    session.save()
    client.post("/accounts/2fa/totp/deactivate/", follow=True)
    assert not Authenticator.objects.filter(user=staff).exists()
    assert client.get("/")["Location"] == "/you/second-step/"


def test_a_second_step_shown_by_one_account_does_not_serve_another(client, staff):
    client.force_login(staff)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0}]
    session["account_authentication_methods_user"] = str(staff.pk + 1)
    session.save()
    assert client.get("/")["Location"] == "/you/second-step/"


def test_where_it_is_not_required_nobody_is_asked(client, staff, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(staff)
    assert client.get("/").status_code == 200


def test_the_admin_site_has_no_door_of_its_own(client, staff):
    administrator = an_administrator()
    administrator.set_password("a long and odd sentence")
    administrator.save()
    response = client.get("/admin/login/?next=/admin/")
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")
    client.post("/admin/login/", {"username": administrator.email, "password": "a long and odd sentence"})
    assert not is_signed_in(client)
    client.force_login(administrator)
    assert client.get("/admin/")["Location"] == "/you/second-step/"


def test_the_admin_site_only_shows(with_second_factor, staff):
    administrator = an_administrator()
    client = with_second_factor(administrator)
    for model in ("user", "person", "organisation", "message", "job", "accessneed"):
        assert client.get(f"/admin/people/{model}/").status_code == 200, model
    assert client.get("/admin/people/person/add/").status_code == 403
    assert client.post(f"/admin/people/person/{staff.person.pk}/change/", {"full_name": "x"}).status_code == 403
    client.post(f"/admin/people/user/{staff.pk}/change/", {"email": "x@example.org", "is_superuser": "on"})
    staff.refresh_from_db()
    assert (staff.is_superuser, staff.is_active, staff.email != "x@example.org") == (False, False, True)
    assert client.post(f"/admin/people/user/{administrator.pk}/change/", {}).status_code == 403
    refused = with_second_factor(a_user()).get("/admin/people/person/")
    assert (refused.status_code, refused.url) == (302, "/admin/login/?next=/admin/people/person/")


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
