"""After an event: who came is thanked, answers by link and on paper; both groups stand side by side, also on paper."""

import re

import pytest

from events.models import FeedbackRound
from tests import factories as make
from tests.factories.feedback import PARTLY, YES, a_held_event, answer_all
from tests.helpers.documents import text_of
from tests.journeys.conftest import PHONE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.real_clock]


def choose(visitor, question, answer):
    visitor.page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()


def test_who_came_is_thanked_and_says_how_it_was(at_work, site, post):
    programme = make.a_programme("Wellbeing Our Way", slug="wow", contact_phone="01632 960 101")
    event, lived, staff = a_held_event(programme)
    at_desk = at_work(staff[0])
    at_desk.go(f"/events/{event.pk}/?tab=feedback")
    at_desk.click("link", "Note who spoke")
    choose(at_desk, "Of the people with lived experience, about how many spoke?", "Most or all")
    choose(at_desk, "Of the partners?", "None of them were there")
    choose(at_desk, "Of the staff?", "A few")
    at_desk.click("button", "Save")
    at_desk.click("link", "Thank them now")
    at_desk.fill("What happens next?", "The notes go to the steering group.")
    at_desk.click("button", "Thank them")

    # One gets the email, and answers on a phone without signing in.
    mail = post.for_address(lived[0].email, "Thank you for coming")
    text = mail.get_body(("plain",)).get_content()
    assert "The notes go to the steering group." in text
    link = re.search(r"https?://[^/]+(/how-was-it/[^/\s]+/)", text).group(1)
    on_phone = at_work(make.a_user("Nobody Inparticular"), size=PHONE)
    on_phone.page.context.clear_cookies()
    on_phone.go(link)
    assert on_phone.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    choose(on_phone, "I felt heard", "Partly")
    on_phone.page.get_by_label("What worked well").fill("Cooking together.")
    on_phone.page.get_by_label(re.compile("^Everybody who reads the results")).check()
    on_phone.click("button", "Send my answers")
    assert on_phone.page.get_by_role("heading", name="Thank you. Your answers are in.").is_visible()

    # Staff enter a form that came back by post.
    at_desk.go(f"/events/{event.pk}/?tab=feedback")
    at_desk.page.get_by_role("row", name="Lived Number1").get_by_role("link", name="Enter their answers").click()
    at_desk.check()
    at_desk.page.get_by_label("On paper").check()
    choose(at_desk, "I felt heard", "Yes")
    at_desk.click("button", "Save these answers")
    assert at_desk.page.get_by_text("2 of 15 have answered.").is_visible()

    # Everybody else; then both groups stand side by side.
    round = FeedbackRound.objects.get(event=event)
    answer_all(round, "lived_experience", *[PARTLY] * 5)
    answer_all(round, "staff", *[YES] * 6)
    at_desk.click("link", "Close feedback")
    at_desk.click("button", "Close it")
    row = at_desk.page.get_by_role("row", name="I felt heard")
    assert re.sub(r"\s+", " ", row.inner_text()) == "I felt heard 3.3 7 5.0 6 −1.7"
    assert at_desk.page.get_by_text("“Cooking together.”").is_visible()
    paper = at_desk.page.request.get(f"{at_desk.page.url.split('/events/')[0]}/events/{event.pk}/report/standard/")
    words = text_of(paper.body())
    assert "Most or all" in words
    assert "“Cooking together.”" in words
    assert not any(user.person.full_name in words for user in (*lived, *staff))
    for visitor in (at_desk, on_phone):
        visitor.nothing_was_wrong()
