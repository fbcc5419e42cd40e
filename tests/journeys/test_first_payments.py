"""A new programme from nothing to its first run, which pays somebody by each method there is."""

import datetime as dt
import re

import pytest

from payments.claims.actions import entering, payment_choice, sending
from payments.models import Claim, PaymentRun
from payments.payees.actions import bank, methods, tax
from programmes.models import Role
from tests import factories as make

from .new_programme import NewProgramme, founders

# Each person is named by the method; what they are told once it was made.
TOLD = {
    "bank": "to your account ending 58",
    "cheque": "Its number is 000123",
    "cash": "Finn Fennel gave £50.00 in cash to Corin for you",
    "voucher": "Its code ends in 4321",
    "charity": "We gave £50.00 to charity",
    "payroll": "We passed £50.00 to payroll",
    "other": "Into her rent account",
}


@pytest.fixture
def cast(site):
    """The people of the start."""
    return founders()


class FirstPayments(NewProgramme):
    """The steps from nothing to seven payments, each by another method."""

    def staff_offer_a_charity_and_vouchers(self):
        self.staff.go(f"/programmes/{self.programme.slug}/recognition/")
        self.staff.fill("Charity people can give their payment to", "Invented Kitchen")
        self.staff.choose("People can have a voucher")
        self.staff.choose("People can ask for cash")
        self.staff.click("button", "Save")

    def seven_people_send_their_claims(self):
        """Each read a document; two choose a voucher and a gift, and one is paid through payroll."""
        self.people = {}
        for method in TOLD:
            user = make.a_user(f"Pat {method.title()}", email=f"{method}@example.org")
            self.people[method] = make.with_role(self.programme, Role.LIVED_EXPERIENCE, user=user)
            user.person.postal_address = "3 Invented Row\nOtterby"
            user.person.save()
            user.person.method_choice.delete()
        finance = self.cast["first"]
        tax.decide(
            person=self.people["payroll"].person,
            programme=self.programme,
            by=finance,
            treatment="payroll",
            effective_from=self.today - dt.timedelta(days=30),
            note="Our payroll adviser, by email.",
        )
        for method, user in self.people.items():
            claim = entering.start(
                programme=self.programme,
                by=user,
                activity="document_review",
                on=self.today - dt.timedelta(days=1),
                hours=2,
                description="Read the leaflet",
            )
            if method in {"voucher", "charity"}:
                payment_choice.choose_recognition(claim=claim, by=user, recognition=method)
            sending.submit(claim=claim, by=user)

    def staff_approve_them_together(self):
        self.staff.go(f"/programmes/{self.programme.slug}/claims/?status=submitted")
        for box in self.staff.page.get_by_role("checkbox", name=re.compile("^Choose ")).all():
            box.check()
        self.staff.click("button", re.compile("Approve"))
        self.staff.sees("Approve claims together", "7 claims, 7 people")
        self.staff.click("button", "Approve 7 claims, £350.00")
        self.staff.sees("7 claims approved: £350.00")

    def they_say_where_their_money_goes(self):
        """One gives an account, which is checked; three tell finance by phone."""
        finance, payee = self.cast["first"], self.people["bank"]
        details = bank.save(
            person=payee.person, by=payee, account_name="Pat Bank", sort_code="089999", account_number="66374958"
        )
        seen = {"details": details, "programme": self.programme, "seen": details.changed_at}
        bank.confirm(by=self.cast["second"], how="Rang the number in our records.", **seen)
        for method, words in (("cheque", ""), ("cash", ""), ("other", "Into her rent account")):
            methods.write_down(
                person=self.people[method].person,
                programme=self.programme,
                by=finance,
                method=method,
                said_how=words,
                told_how="phone",
                told_on=self.today,
            )

    def one_makes_the_run_and_another_signs_it(self):
        self.first.go(f"/programmes/{self.programme.slug}/runs/new/")
        self.first.sees("Pat Bank", "Pat Cheque", "Pat Payroll")
        self.first.click("button", "Make the run")
        self.run = PaymentRun.objects.get()
        self.second.go(f"/runs/{self.run.pk}/")
        self.second.click("button", "Sign off this run")
        self.second.click("button", "Make the documents")
        self.second.page.get_by_role("link", name=re.compile("schedule and letters")).wait_for(timeout=60_000)
        assert not Claim.objects.filter(status=Claim.Status.PAID).exists()

    def the_bank_pays_one(self):
        self.first.go(f"/runs/{self.run.pk}/bank-file/")
        with self.first.page.expect_download() as download:
            self.first.page.get_by_role("button", name="Download the file").click()
        assert "66374958" in download.value.path().read_text()
        self.first.go(f"/runs/{self.run.pk}/")
        self.first.open("Enter the day it was paid")
        self.first.click("button", "Mark as paid")
        self.first.sees("Next: record the other payments")
        self.first.go("/")
        self.first.sees(f"Record what was paid of payment run {self.run.reference}")

    def the_others_are_paid_one_by_one(self):
        """Each is recorded with what proves it; a gift and payroll go together for all who have one."""
        proofs = {
            "cheque": [("Cheque number", "000123")],
            "cash": [("Who handed it over?", "Finn Fennel"), ("Who received it?", "Corin")],
            "voucher": [("Last figures of the voucher", "4321")],
            "other": [],
        }
        for method, answers in proofs.items():
            payment = self.run.payments.get(person=self.people[method].person)
            self.first.go(f"/payments/{payment.pk}/made/{method}/")
            for label, value in answers:
                self.first.fill(label, value)
            self.first.click("button", "Record")
        for _together in range(2):
            self.first.click("link", re.compile("Record that all of these were paid"))
            self.first.click("button", "Record for all")
        self.first.sees("Next: check the bank statement")

    def each_is_told_what_happened(self):
        for method, words in TOLD.items():
            told = self.post.for_address(f"{method}@example.org", "We have")
            assert words in told.get_body(("plain",)).get_content(), method
        assert set(Claim.objects.values_list("status", flat=True)) == {Claim.Status.PAID}

    def the_run_agrees_with_the_statement(self):
        """By bank, cheque and cash £150.00 left the account."""
        self.first.click("link", "Close this run")
        self.first.fill("What left your account for this run?", "150")
        self.first.click("button", "Close this run")
        self.first.sees("The statement and the run agree")
        for each in (self.staff, self.first, self.second):
            each.nothing_was_wrong()


def test_a_new_programme_makes_its_first_payments_by_every_method(cast, site, post, visitor):
    story = FirstPayments(cast, post, visitor)
    story.choose_the_days()
    story.staff_set_up_the_programme()
    story.staff_publish_the_policy()
    story.staff_offer_a_charity_and_vouchers()
    story.seven_people_send_their_claims()
    story.staff_approve_them_together()
    story.they_say_where_their_money_goes()
    story.two_of_finance_sign_in()
    story.one_makes_the_run_and_another_signs_it()
    story.the_bank_pays_one()
    story.the_others_are_paid_one_by_one()
    story.each_is_told_what_happened()
    story.the_run_agrees_with_the_statement()
