"""Everything people were told, on their own pages and by the link of a text message."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.messages.actions import delivering
from people.messages.telling import tell
from programmes.models import Role, message_audience
from tests.factories import a_programme, a_user, with_role
from tests.helpers.client import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return a_programme()


@pytest.fixture
def ann(programme):
    return with_role(programme, Role.LIVED_EXPERIENCE, "Ann Invented")


def told(user, programme, key="k", kind="role", **more):
    voice = message_audience(programme.pk)
    words = {"subject": "Your role", "text": "Hello Ann,\n\nYou have a role.", **more}
    return tell(user.person, kind, key=key, audience=voice, voice=voice, **words)


def test_everything_is_kept_and_says_how_it_was_told_once_it_was(ann, programme, worker):
    staff = with_role(programme, Role.STAFF)
    with worker():
        told(ann, programme, "mail", subject="By mail")
    ann.person.channel, ann.person.phone = "phone", "+441632960001"
    ann.person.save()
    call = told(ann, programme, "call", subject="By phone")
    client = signed_in(ann)
    page = client.get(reverse("your_messages")).text
    assert "By mail" in page and "Sent by email on 23 November 2026" in page
    assert "By phone" in page and "On its way to you" in page
    assert "We rang you" not in page
    delivering.record_call(message=call.messages.get(), by=staff, outcome="told")
    assert "We rang you on 23 November 2026" in client.get(reverse("your_messages")).text
    assert "You have a role." in client.get(reverse("your_message", args=[call.pk])).text


def test_a_link_that_proves_an_address_is_never_on_the_pages_of_who_is_signed_in(ann, programme):
    link = "http://localhost:8000/addresses/link/a-secret-key/"
    notice = tell(ann.person, "address", key="a", subject="Is this you?", text=f"Say yes: {link}", to="old@example.org")
    page = signed_in(ann).get(reverse("your_message", args=[notice.pk])).text
    assert "Is this you?" in page
    assert "a-secret-key" not in page
    assert 'href="http://localhost:8000/addresses' not in page, "a part of it is hidden, so it leads nowhere"


def test_the_link_of_a_text_shows_its_notice_to_who_has_it_and_nothing_else(ann, programme):
    notice = told(ann, programme)
    page = Client().get(notice.read_link.removeprefix("http://localhost:8000"))
    assert page.status_code == 200
    assert "You have a role." in page.text
    assert page["Cache-Control"].startswith("no-store")
    unknown = Client().get(reverse("notice_by_link", args=["nothing"]))
    assert unknown.status_code == 404
    assert "This link does not work" in unknown.text


def test_nobody_else_opens_it_by_its_number(ann, programme):
    notice = told(ann, programme)
    assert signed_in(a_user()).get(reverse("your_message", args=[notice.pk])).status_code == 404


def test_the_list_asks_as_many_queries_for_20_notices_as_for_2(ann, programme, django_assert_num_queries):
    client = signed_in(ann)
    for number in range(2):
        told(ann, programme, f"n{number}")
    client.get(reverse("your_messages"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("your_messages"))
    for number in range(2, 20):
        told(ann, programme, f"n{number}")
    with django_assert_num_queries(len(few)):
        client.get(reverse("your_messages"))
