"""The list of one's sessions, signing out, and the rows that hold them."""

import pytest
from django.core import mail
from django.db import IntegrityError, connection
from django.test import Client

from people.accounts import sessions
from people.accounts import tasks as account_tasks
from people.models import Session, User
from tests.helpers.proof import make_stale, prove
from tests.helpers.sessions import FIREFOX, a_browser_of, age, is_signed_in, row_of
from tests.helpers.sign_in import code_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_factor")]


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
    assert "after 30 minutes without activity, and after 12 hours at most" in page.text


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
    age(old, started=12 * 60 + 24 * 60)
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
