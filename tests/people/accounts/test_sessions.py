"""How long somebody stays signed in, what they are told, the list of sessions, and signing out elsewhere."""

import datetime as dt
import json

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from people.accounts import reauthentication, sessions
from people.models import Session
from programmes.models import Role
from tests.factories import a_membership, a_programme, an_administrator, with_role
from tests.helpers.sessions import a_browser_of, age, is_signed_in, row_of
from tests.helpers.sign_in import code_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_factor")]
HOURS_12, MINUTES_30 = 12 * 60, 30


# Limits


def test_work_ends_after_half_an_hour_without_use(staff):
    client = a_browser_of(staff.email)
    age(client, idle=MINUTES_30 - 1)
    assert is_signed_in(client), "just in time, and that was use"
    age(client, idle=MINUTES_30 - 1)
    assert is_signed_in(client)
    age(client, idle=MINUTES_30)
    key = row_of(client).pk
    page = client.get("/you/", follow=True)
    assert page.redirect_chain[0][0] == "/accounts/login/?next=/you/"
    assert "nothing happened for a while" in page.text
    assert not Session.objects.filter(user=staff).exists(), "it is over for any copy of its cookie"
    thief = Client()
    thief.cookies["sessionid"] = key
    assert not is_signed_in(thief)


@pytest.mark.parametrize("role", [Role.STAFF, Role.FINANCE, "administrator"])
def test_work_ends_after_twelve_hours_however_busy_on_anybodys_computer(role):
    user = an_administrator() if role == "administrator" else with_role(a_programme(), role)
    client = a_browser_of(user.email, "own")
    age(client, started=HOURS_12 - 1)
    assert is_signed_in(client)
    age(client, started=1)
    page = client.get("/", follow=True)
    assert "signed in for 12 hours" in page.text
    assert "Sign out" not in page.text


def test_on_their_own_phone_somebody_stays_signed_in_for_weeks(ann):
    client = a_browser_of(ann.email, "own")
    assert client.cookies["sessionid"]["max-age"] == 14 * 24 * 3600
    age(client, idle=13 * 24 * 60, started=13 * 24 * 60)
    assert is_signed_in(client)


def test_use_on_their_own_phone_makes_the_cookie_last_longer_once_a_day(ann):
    client = a_browser_of(ann.email, "own")
    age(client, idle=2)
    client.cookies["sessionid"]["max-age"] = ""
    client.get("/you/")
    assert client.cookies["sessionid"]["max-age"] == "", "not on every page"
    soon = timezone.now() + dt.timedelta(days=3)
    Session.objects.filter(user=ann).update(expire_date=soon, seen_at=timezone.now() - dt.timedelta(minutes=5))
    client.get("/you/")
    assert client.cookies["sessionid"]["max-age"] == 14 * 24 * 3600
    assert row_of(client).expire_date > soon


def test_an_answer_that_was_not_offered_is_refused(ann):
    page = Client().post("/accounts/login/", {"login": ann.email, "device": "mine"})
    assert "Error: " in page.text
    assert mail.outbox == []


@pytest.mark.parametrize("answer", ["shared", None])
def test_a_shared_computer_forgets_with_the_browser_and_after_twenty_minutes(ann, answer):
    client = a_browser_of(ann.email, answer)
    assert client.cookies["sessionid"]["max-age"] == ""
    age(client, idle=19)
    assert is_signed_in(client)
    age(client, idle=20)
    assert not is_signed_in(client)


def test_a_passkeys_form_says_whose_phone_it_is(ann, rf):
    from allauth.account.adapter import get_adapter
    from django.contrib.sessions.backends.db import SessionBase

    request = rf.post("/", {"device": "own"})
    request.session = SessionBase()
    get_adapter(request).pre_login(
        request, ann, email_verification="none", signal_kwargs=None, email=None, signup=False, redirect_url=None
    )
    assert request.session._session == {sessions.OWN_DEVICE: True}


def test_a_role_given_later_shortens_a_session_within_a_minute(ann):
    client = a_browser_of(ann.email, "own")
    a_membership(a_programme(), ann.person, Role.STAFF)
    age(client, idle=2)
    assert is_signed_in(client)
    assert row_of(client).work
    age(client, idle=MINUTES_30)
    assert not is_signed_in(client)


def test_what_a_script_fetches_by_itself_is_no_use_but_what_it_sends_is(staff):
    client = a_browser_of(staff.email)
    age(client, idle=10)
    before = row_of(client).seen_at
    client.get("/you/", headers={"Sec-Fetch-Mode": "cors"})
    client.get("/you/signed-in/left/", headers={"Sec-Fetch-Mode": "cors"})
    assert row_of(client).seen_at == before
    client.post("/you/signed-in/left/", headers={"Sec-Fetch-Mode": "cors"})
    assert row_of(client).seen_at > before


def test_a_busy_reader_costs_one_write_a_minute(staff, django_assert_max_num_queries):
    client = a_browser_of(staff.email)
    with django_assert_max_num_queries(100) as asked:
        for _time in range(3):
            client.get("/accessibility/")
    assert not [query for query in asked.captured_queries if query["sql"].startswith("UPDATE")]


def test_the_page_says_how_long_is_left(staff):
    client = a_browser_of(staff.email)
    age(client, idle=10, started=60)
    left = json.loads(client.get("/you/signed-in/left/", headers={"Sec-Fetch-Mode": "cors"}).content)
    assert 1190 <= left["idle"] <= 1200
    assert 11 * 3600 - 10 <= left["all"] <= 11 * 3600
    assert 'id="session-warning"' in client.get("/you/").text
    assert json.loads(Client().get("/you/signed-in/left/").content) == {"idle": 0, "all": 0}


def test_nobody_is_warned_on_their_own_phone(ann):
    client = a_browser_of(ann.email, "own")
    assert 'id="session-warning"' not in client.get("/you/").text
    assert json.loads(client.get("/you/signed-in/left/").content) == {"idle": None, "all": None}


# Nothing typed is lost


def test_a_form_sent_too_late_is_kept_and_sent_after_signing_in_again(staff):
    client = a_browser_of(staff.email)
    age(client, idle=MINUTES_30)
    typed = {"full_name": "Stella Newname", "channel": "email", "letter_size": "standard"}
    page = client.post("/you/edit/", typed, follow=True)
    assert page.redirect_chain[-1][0] == "/accounts/login/?next=%2Fyou%2Fshow-it-is-you%2Fgo-on%2F"
    assert "We kept what you had filled in" in page.text
    assert "Newname" not in str(dict(client.session)), "not in plain text"
    staff.person.refresh_from_db()
    assert staff.person.full_name == "Stella Staff"
    client.post("/accounts/login/", {"login": staff.email, "next": "/you/show-it-is-you/go-on/"})
    page = client.post(
        "/accounts/login/code/confirm/",
        {"code": code_in(mail.outbox[-1]), "next": "/you/show-it-is-you/go-on/"},
        follow=True,
    )
    assert 'value="Stella Newname"' in page.text
    client.post("/you/edit/", typed)
    staff.person.refresh_from_db()
    assert staff.person.full_name == "Stella Newname"


def test_what_a_script_fetches_after_the_end_does_not_lose_the_form(staff):
    client = a_browser_of(staff.email)
    age(client, idle=MINUTES_30)
    for _time in range(2):
        client.post("/you/signed-in/left/", headers={"Sec-Fetch-Mode": "cors"})
        client.get("/you/signed-in/left/", headers={"Sec-Fetch-Mode": "cors"})
    page = client.post("/you/edit/", {"full_name": "Stella Newname"}, follow=True)
    assert "We kept what you had filled in" in page.text
    assert reauthentication.HELD in client.session


def test_an_ended_session_never_comes_back_whatever_is_written_in_it(staff):
    client = a_browser_of(staff.email)
    age(client, idle=MINUTES_30)
    client.post("/you/edit/", {"full_name": "Stella Newname"})
    for _time in range(2):
        assert not is_signed_in(client)
    assert not Session.objects.filter(user=staff).exists()


def test_the_next_person_at_the_computer_never_sees_what_was_kept(staff, ann):
    client = a_browser_of(staff.email)
    age(client, idle=MINUTES_30)
    client.post("/you/edit/", {"full_name": "Stella Newname"})
    client.post("/accounts/login/", {"login": ann.email})
    client.post("/accounts/login/code/confirm/", {"code": code_in(mail.outbox[-1])})
    page = client.get("/you/show-it-is-you/go-on/", follow=True)
    assert page.redirect_chain[-1][0] == "/"
    assert "Newname" not in page.text


def test_what_another_site_sends_to_an_ended_session_is_not_kept(staff):
    client = Client(enforce_csrf_checks=True)
    client.force_login(staff)
    age(client, idle=MINUTES_30)
    assert client.post("/you/edit/", {"full_name": "Forged"}).status_code == 403
    assert reauthentication.HELD not in client.session


def test_what_a_script_sends_too_late_is_not_offered_to_be_sent_again(staff):
    client = a_browser_of(staff.email)
    age(client, idle=MINUTES_30)
    client.post("/you/edit/", {"full_name": "Later"}, headers={"Sec-Fetch-Mode": "cors"})
    assert reauthentication.HELD not in client.session


def test_a_page_that_anybody_may_send_is_sent_all_the_same(staff):
    client = a_browser_of(staff.email)
    age(client, idle=MINUTES_30)
    page = client.post("/you/signed-in/left/")
    assert page.status_code == 200
    assert reauthentication.HELD not in client.session
