"""Bank details changed, held and released, and a payment that waits for it: three people in three browsers."""

import re

import pytest

from payments.models import BankDetails, Claim, PaymentRun
from programmes.models import Role
from tests import factories

from .conftest import PHONE


@pytest.fixture
def cast(site):
    """A programme that pays, somebody it owes money, and two finance officers."""
    programme = factories.a_programme("Invented Wellbeing")
    person = factories.with_role(
        programme, Role.LIVED_EXPERIENCE, user=factories.a_user("Bryony Bramble", email="bryony@example.org")
    )
    claim = factories.a_claim(programme, person.person, Claim.Status.APPROVED)
    return {
        "programme": programme,
        "claim": claim,
        "person": person,
        "first": factories.with_role(
            programme, Role.FINANCE, user=factories.a_user("Finn Fennel", email="finn@example.org")
        ),
        "second": factories.with_role(
            programme, Role.FINANCE, user=factories.a_user("Sage Saffron", email="sage@example.org")
        ),
    }


def test_a_change_of_bank_details_is_held_until_a_second_person_confirms_it(cast, site, post, visitor):
    programme = cast["programme"]

    # She gives her account on her phone; a slip is shown beside the field, and what she typed stays.
    person = visitor(PHONE)
    person.sign_in("bryony@example.org", post)
    person.go("/you/bank/change/")
    person.fill("Name on the account", "B Bramble")
    person.fill("Sort code", "08-99")
    person.fill("Account number", "66374958")
    person.click("button", "Save")
    person.sees("There is a problem")
    assert person.page.get_by_label("Account number").input_value() == "66374958"
    person.fill("Sort code", "08-99-99")
    person.click("button", "Save")
    person.sees("Your bank details are saved", "•••• 58", "Not checked yet")
    told = post.for_address("bryony@example.org", "bank details")
    assert "66374958" not in told.as_string() and "08-99-99" not in told.as_string()

    # Finance cannot pay her meanwhile, and sees why.
    first = visitor()
    first.sign_in("finn@example.org", post)
    first.set_up_second_step()
    first.go(f"/programmes/{programme.slug}/runs/new/")
    first.sees("Bryony Bramble", "Bank details are new or changed, and not checked yet")
    assert first.page.get_by_role("checkbox", name=re.compile("Bryony Bramble")).count() == 0

    # A second person rings her on the number known before, and says so.
    second = visitor()
    second.sign_in("sage@example.org", post)
    second.set_up_second_step()
    second.go("/")
    second.sees("bank details to check")
    details = BankDetails.objects.get()
    second.go(f"/programmes/{programme.slug}/bank-details/{details.pk}/")
    second.sees("66374958", "Bryony Bramble")
    second.fill("How did you check?", "I rang the number in our records; she read them to me.")
    second.click("button", "I have checked them")
    second.sees("Checked")
    person.go("/you/bank/")
    person.sees("Checked on")

    # The payment is released.
    first.go(f"/programmes/{programme.slug}/runs/new/")
    first.sees("Bryony Bramble", "£50.00")
    first.click("button", "Make the run")
    run = PaymentRun.objects.get()

    # She changes her account again before the run is signed: it holds again, and says whose details it waits for.
    person.go("/you/bank/change/")
    person.fill("Name on the account", "B Bramble")
    person.fill("Sort code", "08-99-99")
    person.fill("Account number", "66374959")
    person.click("button", "Save")
    person.sees("•••• 59")
    second.go(f"/runs/{run.pk}/")
    second.click("button", "Sign off this run")
    second.sees("Bryony Bramble", "checked by finance of this programme first")
    run.refresh_from_db()
    assert run.status == PaymentRun.Status.OPEN
    second.go(f"/programmes/{programme.slug}/bank-details/{details.pk}/")
    second.fill("How did you check?", "I rang her again on the same number.")
    second.click("button", "I have checked them")
    second.go(f"/runs/{run.pk}/")
    second.click("button", "Sign off this run")
    run.refresh_from_db()
    assert run.status == PaymentRun.Status.SIGNED
    assert run.payments.get().account_number == "66374959"

    for each in (person, first, second):
        each.nothing_was_wrong()
