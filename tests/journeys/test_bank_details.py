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


class ChangedBankDetails:
    """The steps of a person and two finance officers, from a first account to a payment to the second one."""

    def __init__(self, cast, post, visitor):
        self.cast = cast
        self.post = post
        self.visitor = visitor

    def begin(self):
        self.programme = self.cast["programme"]

    def the_person_gives_an_account(self):
        """She gives her account on her phone; a slip is shown beside the field, and what she typed stays."""
        self.person = self.visitor(PHONE)
        self.person.sign_in("bryony@example.org", self.post)
        self.person.go("/you/bank/change/")
        self.person.fill("Name on the account", "B Bramble")
        self.person.fill("Sort code", "08-99")
        self.person.fill("Account number", "66374958")
        self.person.click("button", "Save")
        self.person.sees("There is a problem")
        assert self.person.page.get_by_label("Account number").input_value() == "66374958"
        self.person.fill("Sort code", "08-99-99")
        self.person.click("button", "Save")
        self.person.sees("Your bank details are saved", "•••• 58", "Being checked")
        told = self.post.for_address("bryony@example.org", "bank details")
        assert "66374958" not in told.as_string() and "08-99-99" not in told.as_string()

    def finance_cannot_pay_yet(self):
        """Finance cannot pay her meanwhile, and sees why."""
        self.first = self.visitor()
        self.first.sign_in("finn@example.org", self.post)
        self.first.set_up_second_step()
        self.first.go(f"/programmes/{self.programme.slug}/runs/new/")
        self.first.sees("Bryony Bramble", "Bank details are new or changed, and not checked yet")
        assert self.first.page.get_by_role("checkbox", name=re.compile("Bryony Bramble")).count() == 0

    def a_second_person_confirms(self):
        """A second person rings her on the number known before, and says so."""
        self.second = self.visitor()
        self.second.sign_in("sage@example.org", self.post)
        self.second.set_up_second_step()
        self.second.go("/")
        self.second.sees("bank details to check")
        self.details = BankDetails.objects.get()
        self.second.go(f"/programmes/{self.programme.slug}/bank-details/{self.details.pk}/")
        self.second.sees("66374958", "Bryony Bramble")
        self.second.fill("How did you check?", "I rang the number in our records; she read them to me.")
        self.second.click("button", "I have checked them")
        self.second.sees("Checked")
        self.person.go("/you/bank/")
        self.person.sees("Checked on")

    def finance_make_a_run(self):
        """The payment is released."""
        self.first.go(f"/programmes/{self.programme.slug}/runs/new/")
        self.first.sees("Bryony Bramble", "£50.00")
        self.first.click("button", "Make the run")
        self.run = PaymentRun.objects.get()

    def the_person_changes_the_account_again(self):
        """She changes her account before the run is signed: it holds again, and says whose details it waits for."""
        self.person.go("/you/bank/change/")
        self.person.fill("Name on the account", "B Bramble")
        self.person.fill("Sort code", "08-99-99")
        self.person.fill("Account number", "66374959")
        self.person.click("button", "Save")
        self.person.sees("•••• 59")
        self.second.go(f"/runs/{self.run.pk}/")
        self.second.click("button", "Sign off this run")
        self.second.sees("Bryony Bramble", "checked by finance of this programme first")
        self.run.refresh_from_db()
        assert self.run.status == PaymentRun.Status.OPEN
        self.second.go(f"/programmes/{self.programme.slug}/bank-details/{self.details.pk}/")
        self.second.fill("How did you check?", "I rang her again on the same number.")
        self.second.click("button", "I have checked them")
        self.second.go(f"/runs/{self.run.pk}/")
        self.second.click("button", "Sign off this run")
        self.run.refresh_from_db()
        assert self.run.status == PaymentRun.Status.SIGNED
        assert self.run.payments.get().account_number == "66374959"

    def nobody_saw_a_fault(self):
        for each in (self.person, self.first, self.second):
            each.nothing_was_wrong()


def test_a_change_of_bank_details_is_held_until_a_second_person_confirms_it(cast, site, post, visitor):
    story = ChangedBankDetails(cast, post, visitor)
    story.begin()
    story.the_person_gives_an_account()
    story.finance_cannot_pay_yet()
    story.a_second_person_confirms()
    story.finance_make_a_run()
    story.the_person_changes_the_account_again()
    story.nobody_saw_a_fault()
