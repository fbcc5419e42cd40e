"""Somebody without bank details: from a claim nobody could pay, by a cheque told by phone, to a bank account."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from payments.approval.actions import decisions
from payments.models import BankDetails, Claim, MethodChoice, PaymentRun
from programmes.models import Role
from tests import factories

from .conftest import PHONE


@pytest.fixture
def cast(site):
    """A programme with a policy, somebody with a claim to send and no bank details, staff and two finance officers."""
    programme = factories.a_programme("Invented Wellbeing")
    person = factories.with_role(
        programme, Role.LIVED_EXPERIENCE, user=factories.a_user("Nessa Nightjar", email="nessa@example.org")
    )
    person.person.postal_address = "3 Invented Row\nOtterby\nZZ9 1AA"
    person.person.save()
    policy = factories.a_policy(programme)
    claim = factories.a_claim(programme, person.person, policy=policy)
    MethodChoice.objects.all().delete()
    staff = factories.with_role(programme, Role.STAFF, "Stan Sorrel")
    for name, address in (("Finn Fennel", "finn@example.org"), ("Sage Saffron", "sage@example.org")):
        factories.with_role(programme, Role.FINANCE, user=factories.a_user(name, email=address))
    return {"programme": programme, "person": person, "claim": claim, "staff": staff}


class PaidAtLast:
    """The steps of a person and two finance officers, from a claim to a cheque that comes back, to a bank account."""

    def __init__(self, cast, post, visitor):
        self.cast, self.post, self.visitor = cast, post, visitor
        self.programme, self.claim = cast["programme"], cast["claim"]

    def she_sends_her_claim_and_is_asked_where_to_pay_her(self):
        """The page before and after sending says that we do not know, and promises nothing without it."""
        self.person = self.visitor(PHONE)
        self.person.sign_in("nessa@example.org", self.post)
        self.person.go(f"/claims/{self.claim.pk}/check/")
        self.person.sees("We cannot pay you yet")
        self.person.choose("I took part, and nobody else has paid me for this")
        self.person.click("button", "Send my claim")
        self.person.sees("We have your claim", "Tell us where to pay you")
        assert "nothing more for you to do" not in self.person.page.content()
        told = self.post.for_address("nessa@example.org", "We have your claim")
        assert "We cannot pay you yet" in told.get_body(("plain",)).get_content()
        self.person.go("/")
        self.person.sees("Tell us where to pay you")

    def finance_writes_down_what_she_says_by_phone(self):
        """Approved, she stands apart from the run; she rings and asks for a cheque."""
        decisions.approve(claim=self.claim, by=self.cast["staff"])
        self.first = self.visitor()
        self.first.sign_in("finn@example.org", self.post)
        self.first.set_up_second_step()
        self.first.go(f"/programmes/{self.programme.slug}/runs/new/")
        self.first.sees("Cannot be paid yet", "We do not know where to pay them")
        assert self.first.page.get_by_role("checkbox", name=re.compile("Nessa")).count() == 0
        self.first.click("link", re.compile("another way"))
        self.first.choose("Cheque")
        self.first.choose("By phone")
        self.first.click("button", "Save")
        self.first.sees("Written down: how Nessa Nightjar wants their money")
        told = self.post.for_address("nessa@example.org", "How we pay you has changed")
        assert "Cheque" in told.get_body(("plain",)).get_content()

    def a_run_pays_her_by_cheque(self, number):
        """One makes the run, the other signs it; it is paid when the cheque is posted, and not before."""
        run = self.made_and_signed("Cheque")
        self.first.sees("Nothing in this run goes by bank")
        self.first.go("/")
        self.first.sees(f"Pay run {run.reference}, £50.00, and record what was paid: cheque")
        self.first.go(f"/runs/{run.pk}/")
        self.person.go(f"/claims/{self.claim.pk}/")
        self.person.sees("£50.00: By cheque, not paid yet")
        self.first.click("link", re.compile("Record that it was paid"))
        self.first.click("button", "Record")
        self.first.sees("There is a problem")
        self.first.fill("Cheque number", number)
        self.first.click("button", "Record")
        self.first.open("More: Nessa Nightjar")
        self.first.sees("Next: check the bank statement", f"({number})")
        told = self.post.for_address("nessa@example.org", "posted you a cheque")
        assert f"Its number is {number}" in told.get_body(("plain",)).get_content()
        self.person.go(f"/claims/{self.claim.pk}/")
        self.person.sees("Paid", "£50.00: By cheque")
        return run

    def made_and_signed(self, how):
        self.first.go(f"/programmes/{self.programme.slug}/runs/new/")
        self.first.sees("Nessa Nightjar", how)
        self.first.click("button", "Make the run")
        run = PaymentRun.objects.latest("pk")
        self.second.go(f"/runs/{run.pk}/")
        self.second.click("button", "Sign off this run")
        self.second.click("button", "Make the documents")
        self.first.go(f"/runs/{run.pk}/")
        self.first.page.get_by_role("link", name=re.compile("schedule and letters")).wait_for(timeout=60_000)
        self.first.check()
        return run

    def a_second_person_comes(self):
        self.second = self.visitor()
        self.second.sign_in("sage@example.org", self.post)
        self.second.set_up_second_step()

    def the_cheque_is_never_cashed(self):
        """It comes back, she reads why, and the run closes with nothing on the statement."""
        self.first.click("link", re.compile("Record that it came back"))
        self.first.choose("The cheque was not cashed within six months")
        self.first.click("button", "Record that it came back")
        self.first.sees("Recorded. What Nessa Nightjar is owed waits for another run")
        self.person.go(f"/claims/{self.claim.pk}/")
        self.person.sees("Your payment came back to us", "The cheque was not cashed within six months")
        self.first.click("link", "Close this run")
        self.first.fill("What left your account for this run?", "0")
        self.first.click("button", "Close this run")
        self.first.sees("The statement and the run agree")

    def she_gives_her_account_and_another_person_checks_it(self):
        self.person.go("/you/bank/change/")
        self.person.fill("Name on the account", "N Nightjar")
        self.person.fill("Sort code", "08-99-99")
        self.person.fill("Account number", "66374958")
        self.person.fill("Building society roll number", "12/345678-9")
        self.person.click("button", "Save")
        self.person.sees("Your bank details are saved", "We have one")
        details = BankDetails.objects.get()
        self.second.go(f"/programmes/{self.programme.slug}/bank-details/{details.pk}/")
        self.second.sees("66374958", "12/3456789")
        self.second.fill("How did you check?", "I rang the number in our records; she read them to me.")
        self.second.click("button", "I have checked them")

    def she_is_paid_again_by_bank(self):
        run = self.made_and_signed("Bank account •••• 58")
        self.first.go(f"/runs/{run.pk}/bank-file/")
        with self.first.page.expect_download() as download:
            self.first.page.get_by_role("button", name="Download the file").click()
        text = download.value.path().read_text()
        assert "12/3456789" in text
        self.first.go(f"/runs/{run.pk}/")
        self.first.open("Enter the day it was paid")
        self.first.click("button", "Mark as paid")
        self.first.sees("Next: check the bank statement")
        self.person.go(f"/claims/{self.claim.pk}/")
        self.person.sees("£50.00: To your account ending 58", "The cheque came back")
        told = self.post.for_address("nessa@example.org", "We have paid you £50.00")
        assert "to your account ending 58" in told.get_body(("plain",)).get_content()
        self.claim.refresh_from_db()
        assert self.claim.status == Claim.Status.PAID
        assert self.claim.paid_on >= timezone.localdate() - dt.timedelta(days=1)

    def nobody_saw_a_fault(self):
        for each in (self.person, self.first, self.second):
            each.nothing_was_wrong()


def test_a_person_without_an_account_is_paid_by_cheque_and_again_by_bank(cast, site, post, visitor):
    story = PaidAtLast(cast, post, visitor)
    story.she_sends_her_claim_and_is_asked_where_to_pay_her()
    story.finance_writes_down_what_she_says_by_phone()
    story.a_second_person_comes()
    story.a_run_pays_her_by_cheque("000123")
    story.the_cheque_is_never_cashed()
    story.she_gives_her_account_and_another_person_checks_it()
    story.she_is_paid_again_by_bank()
    story.nobody_saw_a_fault()
