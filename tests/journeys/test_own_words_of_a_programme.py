"""A programme says its invitations in its own words: written, checked as somebody, used, and read by two people."""

import datetime as dt

import pytest
from django.urls import reverse

from programmes.models import AgreedTerm, Role
from tests import factories
from tests.helpers.wordings import IN_URDU

from .conftest import DESKTOP, PHONE

OURS = "Salaam {name},\n\nService users are welcome at {event}.\n\n{details}\n\nAll of us"


@pytest.fixture
def cast(site):
    programme = factories.a_programme("Invented Wellbeing")
    staff = factories.with_role(programme, Role.STAFF, "Stella Sage")
    AgreedTerm.objects.create(
        programme=programme,
        term="people with lived experience",
        replaces="service users",
        agreed_on=dt.date(2026, 1, 5),
    )
    readers = {}
    for name, language in (("Ann Invented", "en"), ("Ula Invented", "ur")):
        readers[language] = factories.a_person(name, email=f"{language}@example.org", language=language)
        factories.a_membership(programme, readers[language], Role.LIVED_EXPERIENCE)
    event = factories.an_event(programme, organiser=staff.person, days=20, title="Talk about the bus")
    return {"programme": programme, "staff": staff, "event": event}


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_own_words_from_the_editor_to_the_two_who_read_them(cast, site, post, at_work, size):
    slug = cast["programme"].slug
    stella = at_work(cast["staff"], size)
    stella.go(reverse("wordings", args=[slug]))
    stella.check()
    stella.click("link", "Invitation")
    stella.check()
    stella.click("link", "Write your own words")
    stella.check()
    stella.fill("Words", "Hello {nmae}\n\n{details}")
    stella.click("button", "See what people will get")
    stella.sees("Line 1: {nmae} is not known")
    stella.check()
    stella.fill("Words", OURS)
    stella.click("button", "See what people will get")
    stella.sees("What Ann Invented gets", "Salaam Ann,", "we say “people with lived experience”", "It counts as")
    stella.check()
    context = stella.page.context
    with context.expect_event("response", lambda answer: answer.url.endswith("/letter/")) as answered:
        stella.page.get_by_role("button", name="Letter with example facts (PDF)").click()
    assert answered.value.headers["content-type"] == "application/pdf"
    stella.click("button", "Change the words")
    stella.fill("Words", OURS.replace("Service users", "People with lived experience"))
    stella.click("button", "See what people will get")
    stella.click("button", "Use these words from")
    stella.sees("The new words are saved", "Written by Stella Sage")

    stella.go(reverse("wording_edit", args=[slug, "invitation", "ur"]))
    stella.fill("Subject", "دعوت: {event}")
    stella.fill("Words", IN_URDU)
    stella.click("button", "See what people will get")
    stella.sees("What Ula Invented gets")
    stella.check()
    stella.click("button", "Use these words from")

    stella.go(f"{cast['event'].get_absolute_url()}invite/")
    for name in ("Ann Invented", "Ula Invented"):
        stella.choose(name)
    stella.click("button", "Invite those chosen")
    stella.click("button", "Send the invitations")
    english = (
        post.for_address("en@example.org", "Talk about the bus")
        .get_body(("plain",))
        .get_content()
        .replace("\r\n", "\n")
    )
    assert english.startswith("Salaam Ann,\n\nPeople with lived experience are welcome at Talk about the bus.")
    assert "/r/" in english, "the link to answer by is there"
    page = post.for_address("ur@example.org", "دعوت").get_body(("html",)).get_content()
    assert '<div lang="ur" dir="rtl">' in page
    assert "/r/" in page
    stella.nothing_was_wrong()
