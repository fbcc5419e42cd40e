"""A day's letters: made by a real worker, downloaded, posted, and one of them comes back."""

from pathlib import Path

import pytest
from django.urls import reverse

from people.models import LetterBatch, Message
from programmes.models import Role, message_audience
from tests import factories
from tests.helpers.letters import a_reader, a_waiting_letter, codes_in, text_in

from .conftest import DESKTOP, PHONE

READERS = ("Ann Able", "Bea Best", "Cy Clear")


@pytest.fixture
def programme(site):
    """A programme with three people who like letters, and one whose address fits into no window."""
    programme = factories.a_programme("Invented Wellbeing")
    programme.host_address = "2 Made Up Road\nLondon\nN1 1AA"
    programme.save()
    audience = message_audience(programme.pk)
    for name in READERS:
        person = a_reader(programme, name, letter_size="easy_read" if name == "Bea Best" else "18")
        a_waiting_letter(person, audience, link=f"{site.url}/r/secretkeysecretkey/")
    long = a_reader(programme, "Lola Long", postal_address="\n".join("W" * 48 for _n in range(9)))
    a_waiting_letter(long, audience)
    return programme


def test_a_day_of_letters_from_the_home_page_to_one_that_comes_back(programme, at_work, site):
    stella = at_work(factories.with_role(programme, Role.STAFF, "Stella Staff"), DESKTOP)
    stella.go("/")
    stella.sees("Print and post 4 letters")
    stella.click("link", "Print and post 4 letters")
    stella.sees("Letters to post", "Ann Able", "Lola Long", "Large print (18 point)")
    stella.click("button", "Make today’s letters: 4")
    # The script of the page follows the progress to its end.
    stella.page.get_by_role("button", name="They are in the post").wait_for(timeout=60_000)
    stella.check()
    stella.sees("Not printed", "Lola Long", "Shorten the address")
    with stella.page.expect_download() as waiting:
        stella.page.get_by_text("Download the letters (PDF)").click()
    content = Path(waiting.value.path()).read_bytes()
    pages = " ".join(text_in(content))
    assert all(f"Hello {name}," in pages for name in READERS)
    assert set(codes_in(content)) == {f"{site.url}/r/secretkeysecretkey/"}
    stella.click("button", "They are in the post")
    stella.sees("Written down: these letters are in the post.", "Posted", "Stella Staff")
    assert Message.objects.filter(status="sent", told_by__full_name="Stella Staff").count() == len(READERS)
    stella.click("link", "This letter came back")
    stella.fill("What is written on the envelope?", "Gone away")
    stella.click("button", "Save")
    stella.sees("so telling them is now a task", "The letter came back: Gone away")
    stella.go(reverse("letters"))
    stella.sees("Lola Long", "Shorten the address")
    stella.go(reverse("letter_batches"))
    stella.nothing_was_wrong()


def test_the_pages_of_letters_on_a_phone(programme, at_work):
    user = factories.with_role(programme, Role.STAFF, "Stella Staff")
    stella = at_work(user, PHONE)
    stella.go(reverse("letters"))
    stella.click("button", "Make today’s letters: 4")
    stella.page.get_by_role("button", name="They are in the post").wait_for(timeout=60_000)
    stella.check()
    stella.click("button", "They are in the post")
    batch = LetterBatch.objects.get()
    stella.go(batch.get_absolute_url())
    stella.go(reverse("letter_batches"))
    stella.go(reverse("letter_came_back", args=[Message.objects.filter(status="sent").first().pk]))
    stella.nothing_was_wrong()
