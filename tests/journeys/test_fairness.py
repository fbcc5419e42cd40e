"""Somebody says on the phone who they are, and takes one answer back; staff and a chair read whom they miss."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from people.models import MonitoringAnswer
from programmes.models import AreaShare, Role
from tests import factories as make
from tests.factories.participation import answered, people_in

from .conftest import PHONE

SAID = ["christian"] * 12 + ["muslim"] * 8 + ["hindu"] * 3 + ["prefer_not"] * 3 + [""] * 13


@pytest.fixture
def here(transactional_db):
    # In a browser the days are today's: a quarter of this programme ended some months ago.
    programme = make.a_programme("Wellbeing Invented")
    answered(people_in(programme, 39, since=programme.starts_on), "religion", *SAID)
    for option, percent in (("christian", "46.2"), ("muslim", "6.5"), ("none", "37.2")):
        AreaShare.objects.create(
            programme=programme,
            question="religion",
            option=option,
            percent=Decimal(percent),
            source="An invented census",
            counted_on=dt.date(2021, 3, 21),
        )
    member = make.with_role(programme, Role.LIVED_EXPERIENCE, "Nadia Nutmeg")
    return programme, member, make.with_role(programme, Role.STAFF, "Stella Stafford")


def test_answering_taking_back_and_reading_the_report(here, at_work):
    programme, member, staff = here
    phone = at_work(member, PHONE)
    phone.go(reverse("home"))
    phone.sees("A few questions about you, for fairness")
    phone.click("link", "Look at the questions")
    phone.sees("Staff never see what you said")
    phone.check()
    phone.click("link", "Start")
    phone.choose("35 to 49")
    phone.click("button", "Save and go on")
    phone.sees("What is your sex?")
    phone.check()
    phone.click("link", "Leave this out")
    phone.choose("No")
    phone.fill("In your own words", "Non-binary")
    phone.click("button", "Save and go on")
    phone.go(reverse("monitoring"))
    phone.sees("No: Non-binary")
    phone.check()
    assert MonitoringAnswer.objects.of_person(member.person).count() == 2
    phone.click("button", "Take back Gender identity")
    phone.sees("It is taken back")
    assert MonitoringAnswer.objects.of_person(member.person).count() == 1
    phone.click("button", "Take all my answers back")
    phone.sees("We have none of them any more")
    phone.go(reverse("home"))
    assert "A few questions about you" not in phone.page.inner_text("main")

    desk = at_work(staff)
    desk.go(reverse("participation", args=[programme.slug]))
    desk.page.get_by_role("button", name="Make this report").first.click()
    desk.sees("The report is made. It stays as it is.")
    desk.sees("Whom we miss – fewer of us than of the area: No religion.")
    desk.sees("More of us than of the area: Muslim.")
    desk.check()
    with desk.page.expect_download() as download:
        desk.page.get_by_role("link", name="CSV file").click()
    assert "10 to 14" in download.value.path().read_text()
    phone.nothing_was_wrong()
    desk.nothing_was_wrong()
