"""A claim for other work on a phone, with what was typed kept; and a claim entered for somebody who rings up."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from payments.claims.actions import filling
from payments.models import Claim, ClaimNotice, FormDraft
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
    perry.channel, perry.phone, perry.letter_size = "phone", "01632 960 001", "large"
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


def test_a_claim_for_other_work_keeps_what_was_typed_and_the_last_journey(cast, site, post, visitor):
    person = visitor(PHONE)
    person.sign_in("bryony@example.org", post)
    person.go("/claims/")
    person.click("link", "Claim for something else")
    person.sees("What did you do?")
    person.choose("Reading and commenting on a document")
    person.click("button", "Continue")
    person.fill_date("Which day was it?", timezone.localdate() - dt.timedelta(days=2))
    person.click("button", "Continue")
    person.fill("How long did it take?", "2.5")
    person.click("button", "Continue")
    person.sees("£50.00")

    # Her battery dies while she types; what she typed is there when she comes back, and goes when she is done.
    words = person.page.get_by_label("What was it?")
    words.press_sequentially("Read the draft")
    person.page.get_by_text("Saved for later. Not sent yet.").wait_for()
    person.page.reload()
    person.check()
    person.sees("We kept what you typed")
    assert words.input_value() == "Read the draft"
    words.fill("Read the draft report")
    person.click("button", "Make this claim")
    assert not FormDraft.objects.exists()

    # The way to the meeting about it was the usual one.
    person.sees("Same journey as last time?", "Leeds and back, 24.5 miles")
    person.click("button", "Yes, add it")
    person.sees("Added to your claim", "£9.80")

    # Two fares on one ticket.
    for what in ("Train there", "Train back"):
        person.click("link", "Add an expense")
        person.choose("Train, bus or tram fare")
        person.click("button", "Continue")
        person.fill("How much did you pay?", "4.20")
        person.fill("Where did you go from and to?", what)
        person.click("button", "Continue")
        if what == "Train there":
            person.page.get_by_label("Photo or PDF of your receipt").set_input_files(
                {"name": "ticket.jpg", "mimeType": "image/jpeg", "buffer": samples.jpeg()}
            )
            person.click("button", "Send this receipt")
    person.sees("use a receipt already on this claim", "For: Train there")
    person.click("button", "Use this one")
    person.click("link", "Another receipt")
    person.page.get_by_label("Photo or PDF of your receipt").set_input_files(
        {"name": "second ticket.pdf", "mimeType": "application/pdf", "buffer": samples.pdf()}
    )
    person.click("button", "Send this receipt")
    person.click("link", "Check and send")
    person.choose("nobody else has paid me back")
    person.click("button", "Send my claim")
    person.sees("We have your claim")
    person.nothing_was_wrong()


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
    staff.sees("Tell Perry Post about the claim", "01632 960 001", "£50.00")
    staff.go("/")
    staff.click("link", "Tell Perry Post about the claim entered for them")
    staff.click("button", "They have been told")
    staff.sees("Stan Staff told Perry Post by phone", "You entered this claim")
    claim = Claim.objects.get(entered_by__isnull=False)
    assert ClaimNotice.objects.get().claim == claim

    person = visitor(PHONE)
    person.sign_in("perry@example.org", post)
    person.go(claim.get_absolute_url())
    person.sees("Stan Staff entered this claim for Perry Post, who asked by phone.")
    for each in (staff, person):
        each.nothing_was_wrong()
