"""Pages about letters that a service prints and posts, for staff and for the person."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from people.messages import queries, wording
from people.messages.letters import sending
from people.models import Message
from programmes.models import Role
from tests.factories import a_programme, with_role
from tests.helpers.client import outcome, page_text
from tests.helpers.letters import a_reader, a_waiting_letter
from tests.helpers.messages import a_message
from tests.helpers.notify_server import NotifyServer

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_of(with_second_factor):
    return with_second_factor


@pytest.fixture
def notify(settings):
    with NotifyServer() as server:
        server.use_for_letters(settings)
        yield server


def handed_over(*letters):
    Message.objects.filter(pk__in=[each.pk for each in letters]).update(next_try_at=timezone.now())
    assert sending.send([each.pk for each in letters]) == len(letters)


def test_the_page_of_letters_says_how_many_go_to_the_service_and_when(notify, letters, staff, client_of):
    client = client_of(staff)
    page = page_text(client.get(reverse("letters")))
    assert "3 more letters go to GOV.UK Notify, the first on Monday 23 November 2026 at 4pm." in page
    assert "No letters wait" in page
    assert "Make today" not in page
    assert "Print and post" not in page_text(client.get("/")), "it is nobody's task"
    page = page_text(client.get(reverse("letters_by_service")))
    assert "Letters through GOV.UK Notify" in page
    assert page.count("Waiting to be sent to the service") == 3
    assert "Ann Able" in page
    handed_over(*letters)
    page = page_text(client.get(reverse("letters")))
    assert "No letter waits for GOV.UK Notify" in page
    assert page_text(client.get(reverse("letters_by_service"))).count("Handed over to be printed") == 3
    assert client.get(reverse("letters_by_service"), {"export": "csv"}).getvalue().count(b"Come to our day") == 3


def test_a_letter_the_service_said_nothing_of_for_a_week_is_shown(notify, letters, staff, client_of):
    handed_over(*letters)
    client = client_of(staff)
    assert "Ask there" not in page_text(client.get(reverse("letters")))
    Message.objects.filter(pk=letters[0].pk).update(sent_at=timezone.now() - dt.timedelta(days=8))
    page = page_text(client.get(reverse("letters")))
    assert "GOV.UK Notify has had 1 letter for more than 7 days and has not said that it was posted." in page


def test_without_a_service_the_pages_say_nothing_of_one(letters, staff, client_of):
    client = client_of(staff)
    assert "prints and posts" not in page_text(client.get(reverse("letters")))
    assert "No letters" in page_text(client.get(reverse("letters_by_service")))


def test_a_letter_is_taken_back_on_its_own_page(notify, letters, staff, client_of):
    client = client_of(staff)
    address = reverse("message", args=[letters[0].pk])
    page = page_text(client.get(address))
    assert "This letter goes to GOV.UK Notify on Monday 23 November 2026 at 4pm, which prints and posts it." in page
    assert "Print it here instead" in page
    page = page_text(client.post(reverse("letter_print_here", args=[letters[0].pk]), follow=True))
    assert "in the list of letters to print and post here" in page
    assert "Make today’s letters: 1" in page
    handed_over(letters[1])
    page = page_text(client.post(reverse("letter_print_here", args=[letters[1].pk]), follow=True))
    assert "This letter is with the printing service" in page
    assert "Print it here instead" not in page
    assert "Handed over to be printed" in page


def test_a_letter_that_could_not_be_printed_says_why_on_both_pages(notify, letters, staff, client_of):
    handed_over(*letters)
    notify.letters[0]["status"] = "validation-failed"
    sending.follow()
    client = client_of(staff)
    for address in (reverse("letters"), reverse("message", args=[letters[0].pk])):
        assert "outside the area it prints" in page_text(client.get(address))
    assert "Print and post 1 letter" in page_text(client.get("/"))


def test_what_is_no_letter_cannot_be_taken_back(staff, client_of, audience):
    call = a_message(channel="phone", to="+441632960001", audience=audience)
    assert outcome(client_of(staff).post(reverse("letter_print_here", args=[call.pk]))) == "404"


def test_who_takes_a_letter_back(notify, letters, programme, client_of):
    for role, home, answer in (
        (Role.FINANCE, programme, "403"),
        (Role.LIVED_EXPERIENCE, programme, "403"),
        (Role.STAFF, a_programme(), "404"),
    ):
        user = with_role(home, role)
        assert outcome(client_of(user).post(reverse("letter_print_here", args=[letters[0].pk]))) == answer
    letters[0].refresh_from_db()
    assert letters[0].by_service


def test_the_person_reads_what_happened_and_nothing_more(notify, letters, people, client_of):
    reader = client_of(people[0].user)
    assert "On its way to you" in page_text(reader.get(reverse("your_messages")))
    handed_over(*letters)
    page = page_text(reader.get(reverse("your_messages")))
    assert "Handed to our printing service on 23 November 2026, to be posted" in page
    assert "Posted on" not in page
    for taken in notify.letters:
        taken["status"] = "received"
    sending.follow()
    assert "Posted on 23 November 2026" in page_text(reader.get(reverse("your_messages")))


def test_staff_are_told_who_prints_it_before_and_after(notify, letters, people):
    assert queries.ways_in_words(people) == ["3 by letter, which GOV.UK Notify prints and posts"]
    said = wording.said(letters[0].notice)
    assert said.startswith("A letter to Ann Able goes to GOV.UK Notify on 23 November 2026 at 4pm.")


def test_the_list_asks_the_database_no_more_for_many_letters(notify, programme, audience, staff, client_of):
    client, counts = client_of(staff), []
    for number in (3, 27):
        for each in range(number):
            a_waiting_letter(a_reader(programme, f"Reader {number} {each}"), audience)
        client.get(reverse("letters_by_service"))
        with CaptureQueriesContext(connection) as queries_asked:
            client.get(reverse("letters_by_service"))
        counts.append(len(queries_asked))
    assert counts[0] == counts[1]
