"""Limits of signing in: nobody keeps an owner out, a hall full of people gets in, and attackers are slowed down."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from tests.factories import a_person, a_user
from tests.helpers.sign_in import code_in

pytestmark = pytest.mark.django_db

CONFIRM = "/accounts/login/code/confirm/"
ANN = "ann@example.org"


@pytest.fixture(autouse=True)
def _behind_a_proxy(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    # However long a test takes here, to the limits it is one moment.
    with time_machine.travel(timezone.now(), tick=False):
        yield


def at(ip):
    return Client(headers={"X-Forwarded-For": ip})


def ask(client, email=ANN, follow=False):
    return client.post("/accounts/login/", {"login": email}, follow=follow)


def confirm(client, code):
    return client.post(CONFIRM, {"code": code})


def is_signed_in(client):
    return "_auth_user_id" in client.session


def mails_to(email):
    return [message for message in mail.outbox if message.to == [email]]


def test_a_stranger_who_asks_all_day_does_not_keep_the_owner_out():
    a_user(email=ANN)
    with time_machine.travel(timezone.now(), tick=False) as now:
        for minute in range(0, 40, 5):
            for number in range(4):
                ask(at(f"203.0.113.{number}"))
            now.shift(dt.timedelta(minutes=5))
            owner = at("198.51.100.7")
            assert ask(owner)["Location"].startswith(CONFIRM), minute
            confirm(owner, code_in(mails_to(ANN)[-1]))
            assert is_signed_in(owner), f"after {minute} minutes"


def test_where_no_more_mail_goes_out_the_code_in_the_mailbox_works():
    a_user(email=ANN)
    for number in range(30):
        ask(at(f"203.0.113.{number}"))
    sent = len(mails_to(ANN))
    owner = at("198.51.100.7")
    page = ask(owner, follow=True)
    assert len(mails_to(ANN)) == sent, "not one more"
    assert "or came in the last few minutes" in page.text
    confirm(owner, code_in(mails_to(ANN)[-1]))
    assert is_signed_in(owner)


def test_from_the_same_network_nobody_keeps_the_owner_out_either():
    a_user(email=ANN)
    for _time in range(40):
        ask(at("203.0.113.1"))
    assert len(mails_to(ANN)) <= 4
    owner = at("203.0.113.1")
    ask(owner)
    confirm(owner, code_in(mails_to(ANN)[-1]))
    assert is_signed_in(owner)


def test_the_mail_one_address_gets_is_bounded():
    a_user(email=ANN)
    with time_machine.travel(timezone.now(), tick=False) as now:
        for _time in range(30):
            for number in range(2):
                ask(at(f"203.0.113.{number}"))
            now.shift(dt.timedelta(minutes=2))
    assert 12 <= len(mails_to(ANN)) <= 33


def test_a_code_works_once_in_whichever_browser():
    a_user(email=ANN)
    first, second = at("198.51.100.7"), at("198.51.100.8")
    ask(first)
    ask(second)
    code = code_in(mails_to(ANN)[0])
    confirm(second, code)
    assert is_signed_in(second)
    confirm(first, code)
    assert not is_signed_in(first)


def test_a_code_works_for_its_own_address_alone_and_for_its_time():
    a_user(email=ANN)
    a_user(email="bea@example.org")
    bea = at("198.51.100.9")
    with time_machine.travel(timezone.now(), tick=False) as now:
        ask(at("198.51.100.7"))
        ask(bea, "bea@example.org")
        confirm(bea, code_in(mails_to(ANN)[0]))
        assert not is_signed_in(bea)
        now.shift(dt.timedelta(minutes=14))
        late = at("198.51.100.7")
        ask(late)
        now.shift(dt.timedelta(minutes=2))
        confirm(late, code_in(mails_to(ANN)[1]))
        assert is_signed_in(late)


def test_a_code_that_was_mailed_opens_nothing_for_an_address_we_did_not_know_then():
    stranger = at("198.51.100.7")
    ask(stranger)
    a_person(email=ANN)
    ask(at("198.51.100.8"))
    page = confirm(stranger, code_in(mails_to(ANN)[-1]))
    assert page.status_code == 200
    assert not is_signed_in(stranger)


def test_guessing_codes_is_stopped_by_browser_and_by_network(settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "request_login_code": "10/m/ip"}
    a_user(email=ANN)
    tries = 0
    for _time in range(15):
        client = at("203.0.113.1")
        client.post("/accounts/login/", {"login": ANN})
        # A wrong code shows the page again; the last one leads away from it.
        while client.post(CONFIRM, {"code": "GUESS1"}).status_code == 200:
            tries += 1
        tries += 1
    assert tries == 10 * 3 + 5, "after that there is no code to guess"


def test_thirty_people_of_one_hall_sign_in_within_a_minute_each_with_a_wrong_try():
    people = [a_person(email=f"p{number}@example.org") for number in range(30)]
    with time_machine.travel(timezone.now(), tick=False):
        for person in people:
            client = at("203.0.113.1")
            ask(client, person.email)
            confirm(client, "WRONG1")
            client.post("/you/sign-in-again/")
            ask(client, person.email)
            confirm(client, code_in(mails_to(person.email)[-1]))
            assert is_signed_in(client), person.email


def test_one_tablet_serves_one_person_after_the_other():
    a_person(email=ANN)
    a_person(email="bea@example.org")
    tablet = at("203.0.113.1")
    ask(tablet, ANN)
    page = tablet.post("/you/sign-in-again/", {"next": "/you/"})
    assert page["Location"] == "/accounts/login/?next=%2Fyou%2F"
    ask(tablet, "bea@example.org")
    confirm(tablet, code_in(mails_to("bea@example.org")[0]))
    assert is_signed_in(tablet)
    tablet.post("/accounts/logout/")
    ask(tablet, ANN)
    confirm(tablet, code_in(mails_to(ANN)[-1]))
    assert is_signed_in(tablet)


def test_an_unknown_address_gets_one_message_a_day():
    with time_machine.travel(timezone.now(), tick=False) as now:
        for hour in range(24):
            ask(at(f"203.0.113.{hour}"), "Who@Example.org")
            at(f"203.0.114.{hour}").post("/accounts/login/code/", {"email": "who@example.org"})
            at(f"203.0.115.{hour}").post("/accounts/password/reset/", {"email": "who@example.org"})
            now.shift(dt.timedelta(minutes=59))
        assert len(mails_to("who@example.org")) == 1
        now.shift(dt.timedelta(hours=1))
        ask(at("203.0.113.1"), "who@example.org")
        assert len(mails_to("who@example.org")) == 2


def test_one_visitor_causes_few_messages_to_strangers():
    for number in range(25):
        at("203.0.113.1").post("/accounts/login/", {"login": f"who{number}@example.org"})
    assert len(mail.outbox) == 20


def test_a_message_the_server_did_not_take_does_not_count(monkeypatch):
    a_user(email=ANN)

    def fail(*args, **kwargs):
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fail)
        for _time in range(6):
            for email in (ANN, "who@example.org"):
                assert at("203.0.113.1").post("/accounts/login/", {"login": email}).status_code == 503
    ask(at("203.0.113.1"), ANN)
    ask(at("203.0.113.1"), "who@example.org")
    assert [message.to for message in mail.outbox] == [[ANN], ["who@example.org"]]


def test_where_no_mail_goes_out_a_server_that_is_down_looks_the_same(monkeypatch):
    a_user(email=ANN)
    for number in range(30):
        ask(at(f"203.0.113.{number}"))
    ask(at("203.0.113.1"), "who@example.org")

    def fail(self):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.base.BaseEmailBackend.open", fail)
    for email in (ANN, "who@example.org"):
        assert at("203.0.113.1").post("/accounts/login/", {"login": email}).status_code == 503


def test_wrong_passwords_of_a_stranger_do_not_close_the_owners():
    user = a_user(email=ANN)
    user.set_password("a long and odd sentence")
    user.save()
    user.emailaddress_set.create(email=ANN, verified=True, primary=True)
    stranger, owner = at("203.0.113.1"), at("198.51.100.7")
    tried = {"login": ANN, "password": "wrong", "with": "password"}
    for _time in range(6):
        page = stranger.post("/accounts/login/", tried)
    assert "That was a lot of tries" in page.text
    owner.post("/accounts/login/", {**tried, "password": "a long and odd sentence"})
    assert is_signed_in(owner)


def test_many_wrong_passwords_from_everywhere_rest_the_password_and_codes_go_on():
    user = a_user(email=ANN)
    user.set_password("a long and odd sentence")
    user.save()
    user.emailaddress_set.create(email=ANN, verified=True, primary=True)
    tried = {"login": ANN, "password": "wrong", "with": "password"}
    for number in range(51):
        page = at(f"203.0.113.{number}").post("/accounts/login/", tried)
    assert "Get a code by email instead" in page.text
    owner = at("198.51.100.7")
    owner.post("/accounts/login/", {**tried, "password": "a long and odd sentence"})
    assert not is_signed_in(owner)
    ask(owner)
    confirm(owner, code_in(mails_to(ANN)[-1]))
    assert is_signed_in(owner)


def test_asking_for_password_links_in_somebodys_name_neither_floods_nor_stops_them():
    user = a_user(email=ANN)
    user.set_password("a long and odd sentence")
    user.save()
    for number in range(30):
        at(f"203.0.113.{number}").post("/accounts/password/reset/", {"email": ANN})
    assert 1 <= len(mails_to(ANN)) <= 7
    page = at("198.51.100.7").post("/accounts/password/reset/", {"email": ANN}, follow=True)
    assert "or came in the last half hour" in page.text
