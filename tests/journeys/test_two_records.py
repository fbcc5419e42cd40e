"""Two records of one person are found while typing, put together with their claims, and taken apart again."""

import pytest
from django.urls import reverse

from payments.models import Claim
from people.models import Person
from programmes.models import Role
from tests import factories as make

from .conftest import PHONE


@pytest.fixture
def staff(site):
    programme = make.a_programme("Wellbeing Invented", slug="invented")
    make.a_policy(programme)
    for name, email in (("Elizabeth Madeup", ""), ("Liz Madeup", "liz@example.org")):
        person = make.of_programme(programme, make.a_person(name, email=email, phone="+441632960111"))
        make.a_membership(programme, person, Role.LIVED_EXPERIENCE)
        make.a_claim(programme, person, Claim.Status.SUBMITTED, amount_pence=2500)
    return make.with_role(programme, Role.STAFF, "Stella Staffordly")


def test_two_records_with_claims_become_one_and_two_again(staff, at_work):
    desk = at_work(staff)
    desk.go(reverse("programme_person_new", args=["invented"]))
    desk.fill("Full name", "Beth Madeup")
    desk.page.get_by_text("You may have this person already:").wait_for()
    desk.sees("Elizabeth Madeup")
    desk.check()
    desk.go(reverse("programme_people", args=["invented"]))
    desk.page.locator(".wb-head__actions summary").click()
    desk.click("link", "Possible doubles")
    desk.click("button", "Look now")
    desk.sees("Looking for records that may be one person")
    desk.page.get_by_text("name, phone number").first.wait_for(timeout=30_000)
    desk.go(reverse("doubles", args=["invented"]))
    desk.sees("name, phone number")
    desk.check()
    desk.click("link", "Elizabeth Madeup")
    desk.page.get_by_role("group", name="Full name").get_by_label("Elizabeth Madeup").check()
    desk.check()
    desk.click("button", "See what would happen")
    desk.sees("claims: 1")
    desk.check()
    desk.click("button", "Put them together")
    desk.sees("The two records of Elizabeth Madeup are one now.")
    assert list(Claim.objects.values_list("person__full_name", flat=True)) == ["Elizabeth Madeup"] * 2
    desk.check()

    phone = at_work(staff, PHONE)
    phone.go(reverse("doubles", args=["invented"]))
    phone.check()
    phone.click("link", "Elizabeth Madeup")
    phone.check()
    phone.click("button", "Take them apart again")
    phone.sees("They are two records again.")
    assert Person.objects.filter(full_name="Liz Madeup").exists()
    names = Claim.objects.order_by("person__full_name").values_list("person__full_name", flat=True)
    assert list(names) == ["Elizabeth Madeup", "Liz Madeup"]
    phone.nothing_was_wrong()
    desk.nothing_was_wrong()
