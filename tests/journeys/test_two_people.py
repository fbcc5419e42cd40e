"""Two people agree: to a claim whose receipt is lost, and to an account whose name does not match."""

import pytest

from payments.models import BankDetails, Claim, NameCheckOverride, PaymentRun
from payments.payees.actions import bank
from programmes.models import Role
from tests import factories
from tests.helpers.payees import GIVEN

from .conftest import PHONE


@pytest.fixture
def cast(site):
    """A programme with a person, two of staff and two of finance."""
    programme = factories.a_programme("Invented Wellbeing")
    policy = factories.a_policy(programme, no_receipt_up_to_pence=1000, no_receipt_second_above_pence=0)
    roles = {
        "petra": (Role.LIVED_EXPERIENCE, "Petra Poppy"),
        "stan": (Role.STAFF, "Stan Sorrel"),
        "stella": (Role.STAFF, "Stella Sage"),
        "finn": (Role.FINANCE, "Finn Fennel"),
        "saffi": (Role.FINANCE, "Saffi Saffron"),
    }
    people = {}
    for key, (role, name) in roles.items():
        people[key] = factories.with_role(programme, role, user=factories.a_user(name, email=f"{key}@example.org"))
    return {"programme": programme, "policy": policy, **people}


def signed_in(visitor, post, key):
    browser = visitor()
    browser.sign_in(f"{key}@example.org", post)
    browser.set_up_second_step()
    return browser


def test_a_fare_without_a_receipt_is_approved_by_two_people(cast, site, post, visitor):
    claim = factories.a_claim(cast["programme"], cast["petra"].person, policy=cast["policy"])
    person = visitor(PHONE)
    person.sign_in("petra@example.org", post)
    person.go(claim.get_absolute_url())
    person.click("link", "Add an expense")
    person.choose("Train, bus or tram fare")
    person.click("button", "Continue")
    person.fill("How much did you pay?", "3.20")
    person.fill("Where did you go from and to?", "Bus, both ways")
    person.click("button", "Continue")
    person.click("link", "I will add it later")
    person.click("link", "Check and send")
    person.sees("Before you send it", "I have no receipt")
    person.click("link", "I have no receipt")
    person.sees(
        "up to £10.00 for each expense", "Where a receipt is needed and there is none, two people check the claim."
    )
    person.choose("Another reason")
    person.click("button", "Continue")
    person.sees("Say how it happened that there is no receipt")
    person.choose("I paid contactless")
    person.click("button", "Continue")
    person.sees("Check your answers", "No receipt. Paid contactless")
    person.choose("I took part")
    person.click("button", "Send my claim")
    person.sees("We have your claim", "£53.20")

    first = signed_in(visitor, post, "stan")
    first.go(claim.get_absolute_url())
    first.sees("No receipt Paid contactless", "has no receipt")
    first.click("button", "Approve £53.20")
    first.sees("Approved once", "Approved by Stan Sorrel, waiting for a second person")
    first.go(claim.get_absolute_url())
    assert first.page.get_by_role("button", name="Approve").count() == 0
    person.go(claim.get_absolute_url())
    person.sees("We are checking it. A second person has to agree to it too.")

    second = signed_in(visitor, post, "stella")
    second.go(claim.get_absolute_url())
    second.sees("Because a receipt is missing, a second member of staff has to approve it too.")
    second.click("button", "Approve £53.20")
    claim.refresh_from_db()
    assert (claim.status, claim.approved_pence) == (Claim.Status.APPROVED, 5320)
    for each in (person, first, second):
        each.nothing_was_wrong()


def test_an_account_whose_name_does_not_match_is_paid_once_two_people_agree(cast, site, post, visitor):
    programme, petra = cast["programme"], cast["petra"]
    claim = factories.a_claim(programme, petra.person, Claim.Status.APPROVED, policy=cast["policy"])
    details = bank.save(person=petra.person, by=petra, **GIVEN)
    page = f"/programmes/{programme.slug}/bank-details/{details.pk}/"
    first = signed_in(visitor, post, "finn")
    first.go(page)
    first.click("link", "Record what the bank said")
    first.choose("No match")
    first.click("button", "Save")
    first.go(f"/programmes/{programme.slug}/runs/new/")
    first.sees("Cannot be paid yet")

    second = signed_in(visitor, post, "saffi")
    for browser, reason in ((first, "A letter shows her name before."), (second, "I saw the same letter.")):
        browser.go(page)
        browser.sees("name and account do not match")
        assert browser.page.get_by_role("button", name="I have checked them").count() == 0
        browser.click("link", "Agree to pay this account all the same")
        browser.fill("Why is the account right?", reason)
        browser.click("button", "I agree to pay this account")
    assert NameCheckOverride.objects.count() == 2
    second.sees("Finn Fennel agreed to pay it", "Saffi Saffron agreed to pay it")
    second.fill("How did you check?", "I rang the number in our records.")
    second.click("button", "I have checked them")
    assert BankDetails.objects.get().confirmed_by == cast["saffi"].person

    first.go(f"/programmes/{programme.slug}/runs/new/")
    first.click("button", "Make the run")
    run = PaymentRun.objects.get()
    second.go(run.get_absolute_url())
    second.click("button", "Sign off this run")
    claim.refresh_from_db()
    assert claim.status == Claim.Status.IN_RUN
    assert run.payments.get().method == "bank"
    for each in (first, second):
        each.nothing_was_wrong()
