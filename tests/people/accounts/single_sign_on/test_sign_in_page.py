"""The sign-in page: who is offered single sign-on, who must use it, and what it costs where there is none."""

import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from people.accounts.actions import accounts, single_sign_on
from people.models import SignInLink
from programmes.models import Role
from tests.factories import a_person, a_programme, a_user, an_administrator, with_role
from tests.factories.single_sign_on import DOMAIN, a_provider
from tests.helpers.openid import come_in
from tests.helpers.sign_in import ask, code_in, is_signed_in, sign_in_by_code

pytestmark = pytest.mark.django_db

OFFER = "Sign in with Invented Trust"


def asks_about_providers(queries):
    return [query["sql"] for query in queries if "people_signin" in query["sql"]]


def without_names(page):
    return re.sub(rf'value="[^"]*"|[a-z]+@{DOMAIN}', "", page.text)


def test_where_nothing_is_set_up_the_page_is_as_it_was_and_asks_one_question_for_who_sends_it():
    a_user(email=f"nia@{DOMAIN}")
    client = Client()
    with CaptureQueriesContext(connection) as caught:
        page = client.get("/accounts/login/")
    assert not asks_about_providers(caught)
    assert "organisation" not in page.text
    with CaptureQueriesContext(connection) as caught:
        page = ask(client, f"nia@{DOMAIN}")
    assert page.redirect_chain[0][0] == "/accounts/login/code/confirm/"
    assert len(asks_about_providers(caught)) == 1


def test_somebody_of_the_domain_is_offered_it_and_may_have_a_code(client):
    a_provider()
    a_user(email=f"nia@{DOMAIN}")
    page = client.post("/accounts/login/", {"login": f"Nia@{DOMAIN}", "next": "/you/"})
    assert page.status_code == 200
    assert OFFER in page.text
    assert page.text.count('name="next" value="/you/"') == 2
    assert not mail.outbox, "no code is sent before they choose"
    page = client.post("/accounts/login/", {"login": f"nia@{DOMAIN}", "with": "code", "device": "own"}, follow=True)
    page = client.post("/accounts/login/code/confirm/", {"code": code_in(mail.outbox[-1])}, follow=True)
    assert is_signed_in(client)


def test_nobody_of_another_domain_sees_it_nor_anybody_while_it_is_off(client):
    provider = a_provider()
    for address in ("who@example.org", f"who@deep.{DOMAIN}", "who@second.example.org"):
        assert OFFER not in ask(Client(), address).text
    single_sign_on.switch_off(provider=provider, by=an_administrator())
    assert OFFER not in ask(Client(), f"nia@{DOMAIN}").text


def test_the_offer_is_the_same_whoever_has_an_account():
    a_provider(is_required=True)
    a_user(email=f"nia@{DOMAIN}")
    a_user(email=f"cai@{DOMAIN}", is_active=False)
    with_role(a_programme(), Role.STAFF, user=a_user("Stella Staff", email=f"stella@{DOMAIN}"))
    names = ("nia", "cai", "stella", "stranger")
    pages = [Client().post("/accounts/login/", {"login": f"{name}@{DOMAIN}"}) for name in names]
    assert len({without_names(page) for page in pages}) == 1


def test_a_password_is_not_sent_elsewhere(client):
    a_provider()
    user = a_user(email=f"nia@{DOMAIN}")
    user.set_password("a long and odd sentence")
    user.save()
    client.post(
        "/accounts/login/",
        {"login": user.email, "password": "a long and odd sentence", "with": "password"},
        follow=True,
    )
    assert "account_login" in client.session or is_signed_in(client)


# Where colleagues must use it


@pytest.fixture
def required(db, server):
    """The provider, which colleagues must use."""
    return a_provider(server.discovery_url, is_required=True)


def test_a_colleague_gets_no_code_but_a_message_that_says_how(client, required, stella, settings):
    page = ask(client, stella.email, **{"with": "code"})
    assert "If we know" in page.text
    assert "there is no code in the email. It says how to sign in with Invented Trust." in page.text
    stranger = ask(Client(), f"strange@{DOMAIN}", **{"with": "code"})
    assert without_names(page) == without_names(stranger), "the page is the one everybody sees"
    assert "there is no code" not in ask(Client(), "who@example.org").text
    mail.outbox[1:] = []
    [message] = mail.outbox
    assert message.subject == OFFER
    assert "your organisation asks you to sign in with Invented Trust" in message.body
    assert not re.search(r"\d{3}-\d{3}-\d{3}", message.body)


def test_a_code_that_was_mailed_before_it_became_a_must_opens_nothing(client, server, stella):
    ask(client, stella.email)
    code = code_in(mail.outbox[-1])
    a_provider(server.discovery_url, is_required=True)
    page = client.post("/accounts/login/code/confirm/", {"code": code})
    assert "your organisation asks you to sign in with Invented Trust" in page.text
    assert not is_signed_in(client)


def test_a_colleagues_password_opens_nothing_either(client, required, server, stella):
    stella.set_password("a long and odd sentence")
    stella.save()
    accounts.account_for(email=stella.email, by=None)
    stella.emailaddress_set.update(verified=True)
    page = client.post(
        "/accounts/login/", {"login": stella.email, "password": "a long and odd sentence", "with": "password"}
    )
    assert "your organisation asks you to sign in with Invented Trust" in page.text
    assert not is_signed_in(client)
    come_in(client, server, stella.email, "sub-stella")
    assert is_signed_in(client)


def test_people_with_lived_experience_and_administrators_sign_in_as_before(required):
    programme = a_programme()
    moss = with_role(programme, Role.LIVED_EXPERIENCE, user=a_user("Moss Invented", email=f"moss@{DOMAIN}"))
    steering = with_role(programme, Role.STEERING, user=a_user("Sol Invented", email=f"sol@{DOMAIN}"))
    nobody = a_user("Nia Invented", email=f"nia@{DOMAIN}")
    ada = a_user("Ada Invented", email=f"ada@{DOMAIN}", is_superuser=True)
    for user in (moss, steering, nobody, ada):
        client = Client()
        ask(client, user.email, **{"with": "code"})
        client.post("/accounts/login/code/confirm/", {"code": code_in(mail.outbox[-1])}, follow=True)
        assert is_signed_in(client), user


def test_a_colleague_of_another_domain_signs_in_as_before(client, required):
    with_role(a_programme(), Role.STAFF, user=a_user("Stella Staff", email="stella@example.org"))
    sign_in_by_code(client, "stella@example.org")
    assert is_signed_in(client)


# What happens to a link


def test_an_address_that_was_handed_over_takes_the_link_with_the_rest_away(client, server, nia):
    a_provider(server.discovery_url)
    come_in(client, server, nia.email, "sub-nia")
    accounts.leave_nothing_set(user=nia, by=None)
    assert not SignInLink.objects.exists()


def test_somebody_who_changes_to_another_address_of_the_domain_keeps_theirs(client, server, nia):
    a_provider(server.discovery_url)
    come_in(client, server, nia.email, "sub-nia")
    client.logout()
    nia.email = f"nia.new@{DOMAIN}"
    nia.save()
    server.know("sub-nia", nia.email)
    come_in(client, server, nia.email, "sub-nia")
    assert is_signed_in(client)


def test_somebody_added_without_an_account_is_offered_it_as_anybody(client):
    a_provider()
    a_person("Moss Invented", email=f"moss@{DOMAIN}")
    assert OFFER in client.post("/accounts/login/", {"login": f"moss@{DOMAIN}"}).text
