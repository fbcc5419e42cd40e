"""Somebody writes by the open form and is welcomed; later they leave, and come back."""

import pytest
from django.urls import reverse

from people.models import Person
from programmes.models import Membership, Role
from tests import factories as make

from .conftest import PHONE


@pytest.fixture
def staff(transactional_db):
    return make.with_role(make.a_programme("Wellbeing Invented", slug="invented"), Role.STAFF, "Stella Staffordly")


def test_get_involved_is_welcomed_leaves_and_returns(staff, at_work, worker):
    desk = at_work(staff)
    desk.go(reverse("programme_people", args=["invented"]))
    desk.page.locator(".wb-head__actions summary").click()
    desk.click("link", "Would like to get involved")
    desk.click("link", "Make the form")
    desk.fill("What do people read above the form?", "Come and shape how we work.")
    desk.click("button", "Save")
    desk.check()

    visitor = at_work(None, PHONE)
    visitor.go("/get-involved/invented/")
    visitor.sees("Come and shape how we work.")
    visitor.fill("Your name", "Ida Interested")
    visitor.fill("Your email address", "ida@example.org")
    visitor.check()
    visitor.click("button", "Send it")
    if visitor.page.get_by_text("send it once more").count():
        visitor.page.wait_for_timeout(4000)
        visitor.click("button", "Send it")
    visitor.sees("Somebody reads it and answers you.")
    visitor.nothing_was_wrong()

    desk.go(reverse("home"))
    desk.click("link", "1 person would like to get involved in Wellbeing Invented")
    desk.click("link", "Ida Interested")
    desk.choose("Welcome them: they are new")
    desk.check()
    desk.click("button", "Save the answer")
    desk.sees("Ida Interested is in the programme.")
    ida = Person.objects.get(full_name="Ida Interested")
    assert ida.joining.address == "ida@example.org"

    member = at_work(make.with_role(ida.joining.programme, Role.LIVED_EXPERIENCE, "Lena Lived"), PHONE)
    member.go(reverse("your_details"))
    member.click("link", "Wellbeing Invented")
    member.check()
    member.click("link", "Leave the programme")
    member.choose("Today")
    member.click("button", "Leave the programme")
    member.sees("You have no role in this programme at present.")
    member.click("link", "I would like to come back")
    member.fill("Is there anything you would like to tell us?", "I miss it.")
    member.click("button", "Ask to come back")
    member.nothing_was_wrong()

    desk.go(reverse("home"))
    desk.click("link", "Lena Lived would like to come back")
    desk.sees("I miss it.")
    desk.choose("Yes")
    desk.click("button", "Save the answer")
    assert Membership.objects.filter(person__full_name="Lena Lived", ends_on=None).exists()
    desk.nothing_was_wrong()
