"""4Pi by both groups: one answers by a personal link on a phone, staff enter one by phone, the gap is looked at."""

import re

import pytest

from programmes.models import ReviewRound
from tests import factories as make
from tests.factories.reviews import answer_all, some_people
from tests.journeys.conftest import DESKTOP, PHONE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.real_clock]
COULD_CHANGE = "I knew what could and could not change"


def choose(visitor, statement, answer):
    group = visitor.page.get_by_role("group", name=statement)
    group.get_by_label(answer, exact=True).check()


def test_both_groups_are_asked_the_same_and_the_gap_leads(at_work, tmp_path):
    programme = make.a_programme("Wellbeing Our Way", slug="wow", contact_phone="01632 960 101")
    make.a_steering_group(programme)
    lived, staff = some_people(programme)
    boss = staff[0]
    at_desk = at_work(boss)
    at_desk.go("/programmes/wow/reviews/")
    at_desk.click("link", "Plan a review")
    at_desk.fill("What is this review called?", "Our second year")
    at_desk.click("button", "Plan this review")
    at_desk.click("button", "Open the review and ask people")
    assert at_desk.page.get_by_text("15 people are being asked").is_visible()
    review = ReviewRound.objects.get()

    # One answers on a phone, without signing in.
    on_phone = at_work(make.a_user("Nobody Inparticular"), size=PHONE)
    on_phone.page.context.clear_cookies()
    asked = review.asked.get(person=lived[0].person)
    on_phone.go(f"/4pi/{asked.link_key}/")
    on_phone.page.screenshot(path=tmp_path / "answer-390.png", full_page=True)
    assert on_phone.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    choose(on_phone, COULD_CHANGE, "Disagree")
    choose(on_phone, "It was safe to say what I think", "Agree")
    on_phone.page.get_by_label("Do you want to say more?").nth(1).fill("Tell us sooner.")
    on_phone.click("button", "Send my answers")
    assert on_phone.page.get_by_role("heading", name="Thank you. Your answers are in.").is_visible()

    # Staff enter what somebody says on the phone.
    at_desk.go(f"/reviews/{review.pk}/")
    at_desk.page.screenshot(path=tmp_path / "review-1280.png", full_page=True)
    at_desk.page.get_by_role("row", name="Lived Number1").get_by_role("link", name="Enter answers").click()
    at_desk.check()
    at_desk.page.get_by_label("By phone").check()
    choose(at_desk, COULD_CHANGE, "Strongly disagree")
    at_desk.click("button", "Save these answers")
    row = at_desk.page.get_by_role("row", name="Lived Number1")
    assert "By phone, entered by Staffer Number0" in row.inner_text()

    # Everybody else.
    answer_all(review, "lived_experience", *[{COULD_CHANGE: value} for value in (1, 2, 2, 2, 3, 3, 4)])
    high = [{COULD_CHANGE: value} for value in (4, 4, 5, 5, 5, 5)]
    answer_all(review, "staff", *high, comment="It was on the slides.")
    at_desk.go(f"/reviews/{review.pk}/")
    at_desk.click("link", "Close the review")
    at_desk.click("button", "Close the review")
    assert at_desk.page.get_by_role("heading", name="The largest gap: 2.5").is_visible()
    assert at_desk.page.get_by_text(f"“{COULD_CHANGE}”").is_visible()
    at_desk.page.screenshot(path=tmp_path / "results-1280.png", full_page=True)
    at_desk.page.set_viewport_size(PHONE)
    at_desk.page.screenshot(path=tmp_path / "results-390.png", full_page=True)
    assert at_desk.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    at_desk.page.set_viewport_size(DESKTOP)
    at_desk.page.get_by_role("link", name=re.compile(f"^Add an action.*{COULD_CHANGE}")).click()
    at_desk.check()
    at_desk.fill("What is to be done?", "Say at the start what can change")
    at_desk.page.screenshot(path=tmp_path / "action-1280.png", full_page=True)
    at_desk.go("/programmes/wow/reviews/statements/")
    at_desk.page.screenshot(path=tmp_path / "statements-1280.png", full_page=True)
    at_desk.go("/programmes/wow/reviews/statements/own/")
    at_desk.page.screenshot(path=tmp_path / "own-1280.png", full_page=True)
    at_desk.go("/programmes/wow/reviews/")
    at_desk.page.screenshot(path=tmp_path / "list-1280.png", full_page=True)
    for visitor in (at_desk, on_phone):
        visitor.nothing_was_wrong()
