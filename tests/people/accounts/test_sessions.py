"""How long somebody stays signed in, what they are told, the list of sessions, and signing out elsewhere."""

import datetime as dt
import json

import pytest
from django.core import mail
from django.db import IntegrityError, connection
from django.test import Client
from django.utils import timezone

from people.accounts import reauthentication, sessions
from people.accounts import tasks as account_tasks
from people.models import Session, User
from programmes.models import Role
from tests.factories import a_membership, a_programme, a_user, an_administrator, with_role
from tests.helpers.proof import make_stale, prove
from tests.helpers.sign_in import code_in

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
HOURS_12, MINUTES_30 = 12 * 60, 30


@pytest.fixture(autouse=True)
def _one_factor_is_enough(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def ann():
    return a_user("Ann Invented", email="ann@example.org")


@pytest.fixture
def staff():
    return with_role(a_programme(), Role.STAFF, "Stella Staff")


def a_browser_of(email, device=None, **headers):
    client = Client(headers=headers)
    client.post("/accounts/login/", {"login": email, **({"device": device} if device else {})})
    client.post("/accounts/login/code/confirm/", {"code": code_in(mail.outbox[-1])}, follow=True)
    return client


def row_of(client):
    return Session.objects.get(pk=client.cookies["sessionid"].value)


def age(client, *, idle=0, started=0):
    """Let the session of `client` be that many minutes older: since its last use, and since signing in."""
    session = client.session
    session["sign_in"] = {**session["sign_in"], "at": session["sign_in"]["at"] - 60 * started}
    session.save()
    row = row_of(client)
    Session.objects.filter(pk=row.pk).update(seen_at=row.seen_at - dt.timedelta(minutes=idle))


def is_signed_in(client):
    return client.get("/you/").status_code == 200


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


# The list, and signing out


def test_somebody_sees_where_they_are_signed_in_and_ends_one(ann):
    here, there = a_browser_of(ann.email, "own"), a_browser_of(ann.email, **{"User-Agent": FIREFOX})
    page = here.get("/you/signed-in/")
    assert page.text.count("Signed in: ") == 2
    assert "Firefox, Windows" in page.text
    assert there.cookies["sessionid"].value not in page.text, "no key on a page"
    here.post("/you/signed-in/end/", {"session": row_of(there).mark})
    assert not is_signed_in(there)
    assert is_signed_in(here)
    assert "any more" in here.post("/you/signed-in/end/", {"session": "unknown"}, follow=True).text


def test_nobody_ends_the_session_of_another(ann, staff):
    mine, theirs = a_browser_of(ann.email), a_browser_of(staff.email)
    mine.post("/you/signed-in/end/", {"session": row_of(theirs).mark})
    assert is_signed_in(theirs)


def test_signing_out_everywhere_ends_them_all_whatever_cookie_is_left(ann):
    clients = [a_browser_of(ann.email, "own") for _time in range(3)]
    thief = Client()
    thief.cookies["sessionid"] = clients[0].cookies["sessionid"].value
    assert is_signed_in(thief)
    page = clients[1].post("/you/signed-in/end-all/", follow=True)
    assert "signed out everywhere: on 3 phones and computers" in page.text
    assert not any(is_signed_in(client) for client in [*clients, thief])
    assert not Session.objects.filter(user=ann).exists()


def test_a_request_under_way_does_not_bring_an_ended_session_back(ann):
    client = a_browser_of(ann.email, "own")
    session = client.session
    session["late"] = "change"
    Session.objects.filter(user=ann).delete()
    from django.contrib.sessions.backends.base import UpdateError

    with pytest.raises(UpdateError):
        session.save()
    assert not Session.objects.filter(user=ann).exists()


def test_a_new_address_ends_the_other_sessions(ann, worker):
    here, there = a_browser_of(ann.email, "own"), a_browser_of(ann.email, "own")
    here.post("/accounts/email/", {"email": "new@example.org", "action_add": "yes"})
    with worker():
        here.post("/accounts/confirm-email/", {"code": code_in(mail.outbox[-1])})
    assert User.objects.get(pk=ann.pk).email == "new@example.org"
    assert is_signed_in(here)
    assert not is_signed_in(there)


def test_saying_whose_computer_it_is_changes_its_limits(ann):
    client = a_browser_of(ann.email)
    assert "We treat this as a shared computer" in client.get("/you/signed-in/").text
    client.post("/you/signed-in/device/", {"device": "own"})
    assert row_of(client).own
    assert client.cookies["sessionid"]["max-age"] == 14 * 24 * 3600
    client.post("/you/signed-in/device/", {"device": "shared"})
    assert not row_of(client).own
    assert client.cookies["sessionid"]["max-age"] == ""
    make_stale(client)
    page = client.post("/you/signed-in/device/", {"device": "own"})
    assert page["Location"].startswith("/you/show-it-is-you/")
    assert not row_of(client).own
    prove(client, ann)


def test_staff_are_told_their_limits(staff):
    page = a_browser_of(staff.email, "own").get("/you/signed-in/")
    assert "nothing for 30 minutes, and after 12 hours at most" in page.text


# The rows


def test_what_a_session_holds_is_not_readable_in_the_database(ann):
    client = a_browser_of(ann.email)
    session = client.session
    session["mfa.totp.secret"] = "JBSWY3DPEHPK3PXP"
    session.save()
    with connection.cursor() as cursor:
        cursor.execute("select session_data from people_session where session_key = %s", [session.session_key])
        [kept] = cursor.fetchone()
    from django.contrib.sessions.backends.db import SessionStore as Plain

    assert Plain().decode(kept) == {}
    assert client.session["mfa.totp.secret"] == "JBSWY3DPEHPK3PXP"


def test_a_session_under_a_key_that_is_gone_signs_out_and_breaks_nothing(ann, settings):
    client = a_browser_of(ann.email, "own")
    settings.FIELD_ENCRYPTION_KEYS = ["bmV3LWtleS1vZi0zMi1ieXRlcy1mb3ItdGhpcy10ZXM="]
    assert client.get("/you/").status_code == 302
    assert client.get("/").status_code == 200


def test_ended_sessions_are_cleared_away(ann, staff):
    old, shared, own = a_browser_of(staff.email), a_browser_of(ann.email), a_browser_of(ann.email, "own")
    age(old, started=HOURS_12 + 24 * 60)
    age(shared, idle=25 + 24 * 60)
    account_tasks.purge_sessions()
    assert [row.pk for row in Session.objects.filter(user__isnull=False)] == [own.cookies["sessionid"].value]


def test_the_database_refuses_a_sign_in_without_its_times(ann):
    a_browser_of(ann.email)
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute("update people_session set started_at = null where user_id = %s", [ann.pk])


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox, Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
            " Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari, iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile"
            " Safari/537.36",
            "Chrome, Android",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0"
            " Safari/537.36 Edg/130.0.0.0",
            "Edge, Windows",
        ),
        ("curl/8", ""),
        ("", ""),
        ("Version/" + "." * 100_000, ""),
    ],
)
def test_a_browser_is_named_in_words(agent, words):
    assert sessions.device_of(agent) == words
