"""A member downloads what we hold, asks to be removed, and is gone once an administrator has confirmed it."""

import pytest
from django.urls import reverse

from people.models import AccessNeed, Person
from programmes.models import Role
from tests import factories as make

from .conftest import PHONE


@pytest.fixture
def people(transactional_db):
    programme = make.a_programme("Wellbeing Invented")
    member = make.with_role(programme, Role.LIVED_EXPERIENCE, "Nadia Nutmeg")
    AccessNeed.objects.create(person=member.person, kind="other", detail="A quiet room to rest in")
    return member, make.an_administrator("Ada Keystone")


def test_download_and_be_removed(people, at_work, worker):
    member, administrator = people
    phone = at_work(member, PHONE)
    phone.go(reverse("your_details"))
    phone.click("link", "What we hold about you, who looked, a copy, and being removed")
    with worker():
        phone.click("button", "Make my copy")
    phone.go(reverse("what_we_hold"))
    with phone.page.expect_download() as download:
        phone.page.get_by_role("link", name="All of it, for another program (JSON)").click()
    assert "A quiet room to rest in" in download.value.path().read_text()
    phone.click("link", "Ask to be removed")
    phone.choose("I have read what goes and what stays, and I wish to be removed")
    phone.click("button", "Ask to be removed")
    phone.sees("You asked to be removed")
    phone.check()

    desk = at_work(administrator)
    desk.go(reverse("home"))
    desk.click("link", "Nadia Nutmeg asks: To be removed")
    desk.fill("How did you make sure that it is them?", "I rang the number we have.")
    with worker():
        desk.click("button", "Confirm")
    desk.page.reload()
    desk.sees("The certificate (PDF)")
    desk.check()
    assert Person.objects.get(pk=member.person.pk).full_name == "Somebody who asked to be removed"
    phone.page.goto(phone.page.url)
    phone.sees("Sign in")
    phone.nothing_was_wrong()
    desk.nothing_was_wrong()
