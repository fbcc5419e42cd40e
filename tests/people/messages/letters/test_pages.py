"""The pages of letters: what waits, making a batch, printing it, posting it, and letters that came back."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.messages import telling
from people.messages.actions import letters as actions
from people.models import LetterBatch, Message
from programmes.models import Role
from tests.factories import a_programme, a_user, an_administrator, with_role
from tests.helpers.client import outcome, page_text
from tests.helpers.letters import a_reader, a_waiting_letter, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_of(with_second_factor):
    return with_second_factor


@pytest.fixture
def visitors(programme, staff, people, client_of):
    """A client of each kind of visitor, by what they are."""
    return {
        "staff": client_of(staff),
        "administrator": client_of(an_administrator()),
        "finance": client_of(with_role(programme, Role.FINANCE)),
        "staff elsewhere": client_of(with_role(a_programme(), Role.STAFF)),
        "the person": client_of(with_role(programme, Role.LIVED_EXPERIENCE)),
        "stranger": client_of(a_user()),
        "signed out": Client(),
    }


def test_who_sees_and_downloads_a_batch(batch, visitors):
    for name in ("letter_batch", "letter_batch_file"):
        found = {who: outcome(client.get(reverse(name, args=[batch.pk]))) for who, client in visitors.items()}
        assert found == {
            "staff": "200",
            "administrator": "200",
            "finance": "403",
            "staff elsewhere": "404",
            "the person": "403",
            "stranger": "403",
            "signed out": "in",
        }


def test_who_makes_the_letters_of_a_programme(letters, audience, visitors):
    for who in ("finance", "staff elsewhere", "the person", "stranger", "signed out"):
        answer = outcome(visitors[who].post(reverse("letters_make"), {"seen": audience}))
        assert answer == ("in" if who == "signed out" else "403"), who
    assert not LetterBatch.objects.exists()
    page = visitors["staff"].post(reverse("letters_make"), {"seen": audience})
    assert page["Location"] == LetterBatch.objects.get().get_absolute_url()


def test_who_posts_a_batch_and_takes_it_apart(batch, letters, visitors):
    for name in ("letter_batch_posted", "letter_batch_apart", "letter_batch_again"):
        for who, answer in (("finance", "403"), ("staff elsewhere", "404"), ("stranger", "403"), ("signed out", "in")):
            assert outcome(visitors[who].post(reverse(name, args=[batch.pk]))) == answer
    batch.refresh_from_db()
    assert batch.status == "made"


def test_the_list_says_who_waits_for_what_since_when(letters, people, programme, staff, client_of):
    client = client_of(staff)
    page = page_text(client.get(reverse("letters")))
    assert f"Make today’s letters: 3 of {programme.name}" in page
    for person in people:
        assert person.full_name in page
    assert "Come to our day" in page
    assert "23 November 2026" in page
    assert "Ann Able" in page_text(client.get(reverse("letters"), {"q": f"L{letters[0].pk:06d}"}))
    assert "Bea Best" not in page_text(client.get(reverse("letters"), {"q": f"L{letters[0].pk:06d}"}))
    assert client.get(reverse("letters"), {"export": "csv"}).getvalue().count(b"Come to our day") == 3


def test_an_empty_list_says_so(staff, client_of):
    page = page_text(client_of(staff).get(reverse("letters")))
    assert "No letters wait" in page
    assert "Make today" not in page


def test_from_the_button_to_the_post(letters, audience, staff, client_of):
    client = client_of(staff)
    client.post(reverse("letters_make"), {"seen": audience})
    batch = LetterBatch.objects.get()
    page = page_text(client.get(batch.get_absolute_url()))
    assert "Making the letters" in page
    assert "They are in the post" not in page
    assert outcome(client.get(reverse("letter_batch_file", args=[batch.pk]))) == "404"
    run(batch)
    page = page_text(client.get(batch.get_absolute_url()))
    assert "They are in the post" in page
    answer = client.get(reverse("letter_batch_file", args=[batch.pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    page = page_text(client.post(reverse("letter_batch_posted", args=[batch.pk]), follow=True))
    assert "these letters are in the post" in page
    assert "Stella Staff" in page
    assert page.count("This letter came back") == 3
    assert Message.objects.filter(status="sent").count() == 3
    page = page_text(client.post(reverse("letter_batch_posted", args=[batch.pk]), follow=True))
    assert "There is nothing to post here" in page


def test_pressing_the_button_twice_makes_one_batch(letters, audience, staff, client_of):
    client = client_of(staff)
    client.post(reverse("letters_make"), {"seen": audience})
    page = page_text(client.post(reverse("letters_make"), {"seen": audience}, follow=True))
    assert "No letters wait" in page
    assert LetterBatch.objects.count() == 1


def test_a_letter_to_take_out_is_flagged_before_it_is_posted(batch, letters, staff, client_of):
    telling.withdraw([letters[0].notice])
    client = client_of(staff)
    assert "Take it out: Not needed any more" in page_text(client.get(batch.get_absolute_url()))
    page = page_text(client.post(reverse("letter_batch_posted", args=[batch.pk]), follow=True))
    assert "The letter to Ann Able was not to be posted any more" in page


def test_a_letter_that_came_back_asks_why_and_says_what_happens_next(batch, letters, staff, client_of):
    actions.mark_posted(batch=batch, by=staff)
    client = client_of(staff)
    assert "This letter came back" in page_text(client.get(reverse("message", args=[letters[0].pk])))
    address = reverse("letter_came_back", args=[letters[0].pk])
    assert "Say what is written on the envelope" in page_text(client.post(address, {"reason": ""}))
    page = page_text(client.post(address, {"reason": "Gone away"}, follow=True))
    assert "No other way reaches Ann Able, so telling them is now a task." in page
    assert "The letter came back: Gone away" in page


def test_a_lost_file_is_offered_to_be_made_again(batch, staff, client_of):
    batch.file.storage.delete(batch.file.name)
    client = client_of(staff)
    assert "The file of this batch is gone" in page_text(client.get(batch.get_absolute_url()))
    page = page_text(client.get(reverse("letter_batch_file", args=[batch.pk]), follow=True))
    assert "gone or was changed" in page
    client.post(reverse("letter_batch_again", args=[batch.pk]))
    assert run(batch).status == "done"
    assert outcome(client.get(reverse("letter_batch_file", args=[batch.pk]))) == "200"


def test_letters_back_in_the_list(batch, staff, client_of):
    client = client_of(staff)
    page = page_text(client.post(reverse("letter_batch_apart", args=[batch.pk]), follow=True))
    assert "The letters are back in the list" in page
    assert "Make today’s letters: 3" in page
    assert "Taken apart" in page_text(client.get(reverse("letter_batches")))


def test_the_home_page_of_staff_tells_of_letters_and_of_batches(letters, audience, staff, client_of):
    client = client_of(staff)
    page = page_text(client.get("/"))
    assert "Print and post 3 letters" in page
    batch = actions.make_batch(audience=audience, by=staff)
    run(batch)
    page = page_text(client.get("/"))
    assert "Print and post" not in page
    assert "Post 3 printed letters" in page
    actions.mark_posted(batch=batch, by=staff)
    assert "printed letters" not in page_text(client.get("/"))


def test_the_home_page_of_others_does_not(letters, visitors):
    for who in ("finance", "staff elsewhere", "the person", "stranger"):
        assert "Print and post" not in page_text(visitors[who].get("/")), who


def test_the_list_asks_the_database_no_more_for_many_letters(programme, audience, staff, client_of):
    client, counts = client_of(staff), []
    for number in (3, 27):
        for each in range(number):
            a_waiting_letter(a_reader(programme, f"Reader {number} {each}"), audience)
        client.get(reverse("letters"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("letters"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
