"""Own pages on a phone: tables are cards, needs open when ticked, the answer of a sum is where one reads on."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from programmes.models import Role
from tests import factories as make

from .conftest import PHONE


@pytest.fixture
def person(transactional_db):
    programme = make.a_programme("Wellbeing Invented")
    policy = make.a_policy(programme)
    person = make.with_role(programme, Role.LIVED_EXPERIENCE, "Nadia Nutmeg")
    person.programme = programme
    day = timezone.localdate() - dt.timedelta(days=5)
    make.a_claim(programme, person.person, "submitted", policy=policy, activity_date=day)
    person.invitation = make.an_invitation(make.an_event(programme, days=9), person.person)
    return person


def test_a_table_is_cards_with_a_heading_at_each_cell_and_a_table_to_a_screen_reader(person, at_work):
    phone = at_work(person, PHONE)
    phone.go(reverse("your_record"))
    table = phone.page.get_by_role("table", name="What is counted")
    assert table.get_by_role("columnheader", include_hidden=True).count() == 4
    assert table.get_by_role("rowheader").count() == 1
    cells = table.get_by_role("cell")
    tops = {round(cells.nth(at).bounding_box()["y"]) for at in range(cells.count())}
    assert len(tops) == cells.count() == 3
    headings = cells.evaluate_all("all => all.map((cell) => getComputedStyle(cell, '::before').content)")
    assert ["Payments for your time" in heading for heading in headings] == [True, False, False]
    phone.nothing_was_wrong()


@pytest.mark.parametrize("page", ["own", "reply"])
def test_room_for_more_words_opens_when_a_need_is_ticked(person, at_work, page):
    phone = at_work(person, PHONE, java_script_enabled=False)
    address = reverse("your_access_needs") if page == "own" else reverse("reply", args=[person.invitation.link_key])
    phone.page.goto(address)
    assert phone.page.get_by_role("group", name="Hearing and understanding").is_visible()
    words = phone.page.get_by_label("More about it: Hearing loop")
    assert not words.is_visible()
    phone.page.get_by_role("checkbox", name="Hearing loop").check()
    assert words.is_visible()
    words.fill("In the left ear")
    phone.page.get_by_role("checkbox", name="Hearing loop").uncheck()
    assert words.is_visible(), "what is written and sent stays in sight"


def test_the_answer_of_the_sum_has_the_focus(person, at_work):
    phone = at_work(person, PHONE)
    phone.go(reverse("policy", args=[person.programme.slug]))
    phone.fill("hours", "3")
    phone.click("button", "Work it out")
    focused = phone.page.evaluate("document.activeElement.innerText")
    assert focused.startswith("You would be paid £")
    assert phone.page.locator(":focus").get_attribute("role") == "status"
    phone.nothing_was_wrong()
