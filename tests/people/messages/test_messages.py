"""The list of messages: who sees which, what it says of a failed one, and trying again."""

import pytest
from django.test import Client
from django.utils import timezone

from people.messages.telling import tell
from people.models import Message
from programmes.models import Programme, Role, message_audience
from tests.factories import a_person, a_programme, a_user, an_administrator, with_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return a_programme()


@pytest.fixture
def staff(programme):
    return with_role(programme, Role.STAFF)


@pytest.fixture
def ann(programme):
    return with_role(programme, Role.LIVED_EXPERIENCE, "Ann Invented")


def a_message(person, key="m:1", programme=None, **fields):
    """A message of `programme`, or of the one programme there is."""
    programme = programme or Programme.objects.order_by("pk").first()
    voice = message_audience(programme.pk) if programme else ""
    notice = tell(
        person,
        "invitation",
        key=key,
        subject=fields.pop("subject", "Come to our day"),
        text=fields.pop("text", "Answer at http://localhost:8000/r/secretkeysecretkey/"),
        audience=voice,
        voice=voice,
    )
    return notice.messages.get()


def failed(message, reason="The mail server refused the address."):
    Message.objects.filter(pk=message.pk).update(status="sending", taken_at=timezone.now(), attempts=1)
    Message.objects.filter(pk=message.pk).update(status="failed", last_error=reason)
    return message


def test_who_sees_a_message(programme, staff, ann, with_second_factor):
    message = a_message(ann.person)
    seen = {
        "staff": with_second_factor(staff),
        "finance": with_second_factor(with_role(programme, Role.FINANCE)),
        "administrator": with_second_factor(an_administrator()),
        "staff elsewhere": with_second_factor(with_role(a_programme(), Role.STAFF)),
        "the person": with_second_factor(ann),
        "stranger": with_second_factor(a_user()),
        "signed out": Client(),
    }
    page = {who: client.get(f"/messages/{message.pk}/").status_code for who, client in seen.items()}
    listed = {who: "Come to our day" in client.get("/messages/").text for who, client in seen.items()}
    tried = {who: client.post(f"/messages/{message.pk}/try-again/").status_code for who, client in seen.items()}
    assert page == {
        "staff": 200,
        "finance": 403,
        "administrator": 200,
        "staff elsewhere": 404,
        "the person": 403,
        "stranger": 403,
        "signed out": 302,
    }
    assert listed == {who: status == 200 for who, status in page.items()}
    assert tried == {who: 302 if status == 200 else status for who, status in page.items()}


def test_staff_never_read_what_another_programme_wrote_to_somebody_of_both(programme, staff, ann, with_second_factor):
    other = a_programme()
    with_role(other, Role.LIVED_EXPERIENCE, user=ann)
    a_message(ann.person, "m:1", subject="Our own day")
    theirs = a_message(ann.person, "m:2", programme=other, subject="A day of the other programme")
    account = tell(ann.person, "account", key="m:3", to=ann.email, subject="Your passkey", text="It was added.")
    about_the_account = account.messages.get()
    client = with_second_factor(staff)
    listed = client.get("/messages/").text
    assert "Our own day" in listed
    assert "A day of the other programme" not in listed
    assert "Your passkey" not in listed
    assert client.get(f"/messages/{theirs.pk}/").status_code == 404
    assert client.get(f"/messages/{about_the_account.pk}/").status_code == 404


def test_a_personal_link_in_a_message_stays_with_its_person(staff, ann, with_second_factor):
    page = with_second_factor(staff).get(f"/messages/{a_message(ann.person).pk}/")
    assert "/r/***" in page.text
    assert "secretkey" not in page.text


def test_a_failed_message_says_why_and_can_be_tried_again(staff, ann, with_second_factor, worker):
    message = failed(a_message(ann.person))
    client = with_second_factor(staff)
    assert "The mail server refused the address." in client.get("/messages/?status=failed").text
    page = client.get(f"/messages/{message.pk}/")
    assert "The mail server refused the address." in page.text
    assert "try-again" in page.text
    with worker():
        page = client.post(f"/messages/{message.pk}/try-again/", follow=True)
    assert "waiting to be sent again" in page.text
    message.refresh_from_db()
    assert message.status == Message.Status.SENT
    assert "try-again" not in client.get(f"/messages/{message.pk}/").text
    assert "has not failed" in client.post(f"/messages/{message.pk}/try-again/", follow=True).text


def test_the_list_searches_filters_and_exports(ann, programme, staff, with_second_factor):
    bob = with_role(programme, Role.LIVED_EXPERIENCE, "Bob Invented")
    a_message(ann.person, "m:1", subject="First day")
    failed(a_message(bob.person, "m:2", subject="Second day"))
    client = with_second_factor(staff)
    assert "Second day" not in client.get("/messages/?q=ann").text
    assert "First day" not in client.get("/messages/?status=failed").text
    assert "Nothing matches" in client.get("/messages/?q=nobody").text
    exported = b"".join(client.get("/messages/?export=csv").streaming_content).decode()
    assert "First day" in exported
    assert "refused the address" in exported


def test_an_empty_list_says_so(staff, with_second_factor):
    assert "No messages yet" in with_second_factor(staff).get("/messages/").text


def test_the_list_asks_as_many_queries_for_30_rows_as_for_3(
    programme, staff, with_second_factor, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def fill(numbers):
        for number in numbers:
            a_message(with_role(programme, Role.LIVED_EXPERIENCE).person, f"m:{number}")

    client = with_second_factor(staff)
    fill(range(3))
    with CaptureQueriesContext(
        connection,
    ) as three:
        client.get("/messages/")
    fill(range(3, 30))
    with django_assert_num_queries(len(three)):
        client.get("/messages/")


def test_administrators_hear_of_failed_messages_at_home(with_second_factor):
    failed(a_message(a_person()))
    page = with_second_factor(an_administrator()).get("/")
    assert "1 message could not be sent" in page.text
    assert "/messages/?status=lost" in page.text
