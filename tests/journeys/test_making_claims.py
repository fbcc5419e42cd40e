"""A claim for other work on a phone, with what was typed kept; and a claim entered for somebody who rings up."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from payments.claims.actions import filling
from payments.models import Claim, FormDraft
from programmes.models import Role
from tests import factories
from tests.helpers import samples

from .conftest import PHONE


@pytest.fixture
def cast(site):
    """A programme that pays, somebody with a phone, somebody with a telephone, and two of staff."""
    programme = factories.a_programme("Invented Wellbeing")
    policy = factories.a_policy(programme)
    users = {
        "bryony": (Role.LIVED_EXPERIENCE, "Bryony Bramble"),
        "perry": (Role.LIVED_EXPERIENCE, "Perry Post"),
        "stan": (Role.STAFF, "Stan Staff"),
    }
    cast = {"programme": programme, "policy": policy}
    for key, (role, name) in users.items():
        user = factories.a_user(name, email=f"{key}@example.org")
        cast[key] = factories.with_role(programme, role, user=user)
    perry = cast["perry"].person
    perry.channel, perry.phone, perry.letter_size = "phone", "01632 960001", "18"
    perry.save()
    before = factories.a_claim(
        programme,
        cast["bryony"].person,
        policy=policy,
        activity_date=timezone.localdate() - dt.timedelta(days=30),
        created_at=timezone.now() - dt.timedelta(days=29),
    )
    filling.add_expense(
        claim=before, by=cast["bryony"], kind="mileage", description="Leeds and back", miles=Decimal("24.5")
    )
    return cast


class ClaimForOtherWork:
    """The steps of a person who claims for work without an event, on a phone."""

    def __init__(self, post, visitor):
        self.post = post
        self.visitor = visitor

    def begin(self):
        self.person = self.visitor(PHONE)
        self.person.sign_in("bryony@example.org", self.post)
        self.person.go("/claims/")
        self.person.click("link", "Claim for something else you did")
        self.person.sees("What did you do?")
        self.person.choose("Reading and commenting on a document")
        self.person.click("button", "Continue")
        self.person.fill_date("Which day was it?", timezone.localdate() - dt.timedelta(days=2))
        self.person.click("button", "Continue")
        self.person.fill("How long did it take?", "2.5")
        self.person.click("button", "Continue")
        self.person.sees("£50.00")

    def the_battery_dies(self):
        """Her battery dies while she types; what she typed is there when she comes back, and goes when she is done."""
        words = self.person.page.get_by_label("What was it?")
        words.press_sequentially("Read the draft")
        self.person.page.get_by_text("Saved for later. Not sent yet.").wait_for()
        self.person.page.reload()
        self.person.check()
        self.person.sees("We kept what you typed")
        assert words.input_value() == "Read the draft"
        words.fill("Read the draft report")
        self.person.click("button", "Make this claim")
        assert not FormDraft.objects.exists()

    def add_a_journey(self):
        """The last journey was to an event somewhere else, so it is not offered, and she types this one."""
        assert "Same journey as last time?" not in self.person.page.content()
        self.person.click("link", "Add an expense")
        self.person.choose("Driving your own car")
        self.person.click("button", "Continue")
        self.person.fill("How many miles did you drive?", "24.5")
        self.person.fill("Where did you go from and to?", "Leeds and back")
        self.person.click("button", "Continue")
        self.person.sees("Added to your claim", "£9.80")

    def send_with_two_fares_on_one_ticket(self):
        """Two fares on one ticket."""
        for what in ("Train there", "Train back"):
            self.person.click("link", "Add an expense")
            self.person.choose("Train, bus or tram fare")
            self.person.click("button", "Continue")
            self.person.fill("How much did you pay?", "4.20")
            self.person.fill("Where did you go from and to?", what)
            self.person.click("button", "Continue")
            if what == "Train there":
                self.person.page.get_by_label("Photo or PDF of your receipt").set_input_files(
                    {"name": "ticket.jpg", "mimeType": "image/jpeg", "buffer": samples.jpeg()}
                )
                self.person.click("button", "Send this receipt")
        self.person.sees("use a receipt already on this claim", "For: Train there")
        self.person.click("button", "Use this one")
        self.person.click("link", "Another receipt")
        self.person.page.get_by_label("Photo or PDF of your receipt").set_input_files(
            {"name": "second ticket.pdf", "mimeType": "application/pdf", "buffer": samples.pdf()}
        )
        self.person.click("button", "Send this receipt")
        self.person.click("link", "Check and send")
        self.person.choose("nobody else has paid me back")
        self.person.click("button", "Send my claim")
        self.person.sees("We have your claim")
        self.person.nothing_was_wrong()


def test_a_claim_for_other_work_keeps_what_was_typed_and_offers_no_journey_to_elsewhere(cast, site, post, visitor):
    story = ClaimForOtherWork(post, visitor)
    story.begin()
    story.the_battery_dies()
    story.add_a_journey()
    story.send_with_two_fares_on_one_ticket()


def test_a_claim_entered_for_somebody_who_rings_up_is_told_to_them(cast, site, post, visitor):
    staff = visitor()
    staff.sign_in("stan@example.org", post)
    staff.set_up_second_step()
    staff.go(f"/programmes/{cast['programme'].slug}/claims/")
    staff.click("link", "Enter a claim for somebody")
    staff.click("link", "Perry Post")
    staff.choose("By phone")
    staff.choose("An interview or conversation")
    staff.fill_date("Which day was it?", timezone.localdate())
    staff.fill("How long did it take?", "1")
    staff.fill("What was it?", "Talked about the leaflet")
    staff.click("button", "Continue")
    staff.sees("You are filling this in for Perry Post.")
    staff.click("link", "Check and send")
    staff.choose("Perry Post told me")
    staff.click("button", "Send this claim")
    staff.sees("Perry Post is now on the list of people to ring", "01632 960001", "£50.00")
    staff.go("/")
    staff.click("link", "Ring Perry Post")
    staff.click("link", "Ring now")
    staff.choose("I spoke to them and told them")
    staff.click("button", "Save")
    staff.sees("Written down: Perry Post knows")
    claim = Claim.objects.get(entered_by__isnull=False)
    staff.go(claim.get_absolute_url())
    staff.sees("Stan Staff told Perry Post on", "You entered this claim")

    person = visitor(PHONE)
    person.sign_in("perry@example.org", post)
    person.go(claim.get_absolute_url())
    person.sees("Stan Staff entered this claim for Perry Post, who asked by phone.")
    for each in (staff, person):
        each.nothing_was_wrong()
