"""A run of thirty people, from the account it is paid from to its files, papers and the one payment that came back."""

import csv
import datetime as dt
import io
import re
from pathlib import Path

import pypdf
import pytest
from django.utils import timezone

from payments.models import BankDetails, Claim, PaymentRun, RunFileDownload
from programmes.models import Role
from tests import factories
from wellbeing.lib.dates import add_working_days
from wellbeing.lib.money import parse_pounds, pounds

from .conftest import PHONE


@pytest.fixture
def cast(site):
    """A programme that owes thirty people £50.00 to £52.03, all but two with checked bank details; two in finance."""
    programme = factories.a_programme("Invented Wellbeing")
    _first, second = (
        factories.with_role(programme, Role.FINANCE, user=factories.a_user(name, email=email))
        for name, email in (("Finn Fennel", "finn@example.org"), ("Sage Saffron", "sage@example.org"))
    )
    for number in range(30):
        person = factories.with_role(programme, Role.LIVED_EXPERIENCE, f"Invented Person {number:02d}")
        if number >= 2:
            account = {"sort_code": "000011", "account_number": f"1000{number:04d}"}
            factories.bank_details(person, confirmed_by=second.person, **account)
        factories.a_claim(programme, person.person, Claim.Status.APPROVED, amount_pence=5000 + 7 * number)
    return programme


def downloaded(visitor, button):
    """The text of the file a button hands out."""
    with visitor.page.expect_download() as waiting:
        visitor.page.get_by_role("button", name=button).click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes().decode()


class FilesOfARun:
    """The steps of two finance officers from the account a programme pays from to a closed run."""

    def __init__(self, cast, post, visitor):
        self.cast = cast
        self.post = post
        self.visitor = visitor

    def finance_sign_in(self):
        self.programme = self.cast
        self.first, self.second = self.visitor(), self.visitor()
        for each, email in ((self.first, "finn@example.org"), (self.second, "sage@example.org")):
            each.sign_in(email, self.post)
            each.set_up_second_step()

    def enter_and_confirm_the_account(self):
        """One enters the account the programme pays from; the other confirms it."""
        self.first.go(f"/programmes/{self.programme.slug}/runs/")
        self.first.click("link", "Files and accounts")
        self.first.click("link", "Enter the account")
        self.first.fill("Name on the account", "Invented Wellbeing")
        self.first.fill("Sort code", "00-00-01")
        self.first.fill("Account number", "00000042")
        self.first.fill("Service User Number", "12345")
        self.first.click("button", "Save")
        self.first.sees("A Service User Number has 6 digits")
        self.first.fill("Service User Number", "123456")
        self.first.click("button", "Save")
        self.first.sees("To be confirmed by a second person")
        self.second.go("/")
        self.second.click("link", "Confirm the account the programme pays from")
        self.second.sees("00-00-01", "00000042")
        self.second.click("button", "It is right. Pay from this account")
        self.second.sees("Confirmed by")

    def set_columns_and_account_codes(self):
        """Columns as the bank wants them: looked at first, then kept."""
        self.first.go(f"/programmes/{self.programme.slug}/files/columns/")
        self.first.click("link", "RBS Autopay style")
        self.first.page.get_by_role("button", name="Show what comes out").click()
        self.first.sees("INVENTED0002,BO NOBODY,00000012,000000")
        self.first.page.get_by_role("button", name="Use these columns").click()
        self.first.sees("The columns are set", "Reference, Name on the account")
        self.first.click("link", "Set the account codes")
        for label, code in (("Payments for time", "5100"), ("Bank", "1200"), ("Money paid another way", "1210")):
            self.first.page.get_by_label(f"Account code: {label}", exact=True).fill(code)
        self.first.click("button", "Save")
        self.first.sees("The account codes are set")

    def make_and_sign_the_run(self):
        """The run, made by one and signed by the other."""
        self.first.go(f"/programmes/{self.programme.slug}/runs/new/")
        self.first.click("button", "Make the run")
        self.run = PaymentRun.objects.get()
        self.second.go(f"/runs/{self.run.pk}/")
        self.second.click("button", "Sign off this run")
        self.second.sees("Files for the bank and the accounts", "28 payments, £1,430.38")

    def download_the_bank_file(self):
        """The bank file."""
        self.day = add_working_days(timezone.localdate(), 1)
        self.first.go(f"/runs/{self.run.pk}/")
        self.first.click("link", "Bank file (CSV)")
        self.first.sees("28", "£1,430.38")
        name, text = downloaded(self.first, "Download the file")
        rows = list(csv.reader(io.StringIO(text)))
        assert name == f"{self.run.reference}.csv"
        assert sum(parse_pounds(row[6]) for row in rows) == 143038
        assert {(row[4], row[5]) for row in rows} == {(self.day.strftime("%y%j"), "99")}

    def download_it_again_as_standard_18(self):
        """The other form of it warns; a day banks do not work on is refused, and the day typed stays."""
        self.first.go(f"/runs/{self.run.pk}/files/standard-18/")
        self.first.sees("everyone is paid twice", "Finn Fennel")
        saturday = self.day + dt.timedelta(days=(5 - self.day.weekday()) % 7)
        self.first.fill_date("Which day does the bank process it?", saturday)
        self.first.choose("I know it was downloaded before")
        self.first.page.get_by_role("button", name="Download again").click()
        self.first.sees("Banks do not work on that day")
        assert self.first.page.get_by_label("Day", exact=True).input_value() == str(saturday.day)
        self.first.fill_date("Which day does the bank process it?", self.day)
        name, text = downloaded(self.first, "Download again")
        lines = text.split("\r\n")
        assert name == f"{self.run.reference}.txt"
        assert [line[15:17] for line in lines if len(line) == 100] == ["99"] * 28 + ["17"]
        assert int(next(line for line in lines if line[15:17] == "17" and len(line) == 100)[35:46]) == 143038

    def download_the_journal(self):
        """The journal has both ways of paying, and both sides."""
        self.first.go(f"/runs/{self.run.pk}/files/journal/")
        _name, text = downloaded(self.first, "Download the file")
        rows = list(csv.DictReader(io.StringIO(text)))
        assert {row["Account"]: parse_pounds(row["Debit"] or row["Credit"]) for row in rows} == {
            "Payments for time": 153045,
            "Bank": 143038,
            "Money paid another way": 10007,
        }
        assert sorted(RunFileDownload.objects.values_list("kind", flat=True)) == ["bank_file", "journal", "standard_18"]

    def make_the_documents(self):
        """Workers make the papers: one tagged pack of the schedule and thirty letters, right to the penny."""
        self.first.go(f"/runs/{self.run.pk}/")
        self.first.click("button", "Make the documents")
        pack_link = self.first.page.get_by_role(
            "link", name=f"Payment run {self.run.reference}, schedule and letters.pdf"
        )
        pack_link.wait_for(timeout=60_000)
        self.first.check()
        pack = pypdf.PdfReader(io.BytesIO(self.first.page.request.get(pack_link.get_attribute("href")).body()))
        root = pack.trailer["/Root"]
        assert "/StructTreeRoot" in root and root["/MarkInfo"]["/Marked"] and root["/Lang"].lower() == "en-gb"
        pages = [re.sub(r"\s+", " ", page.extract_text()) for page in pack.pages]
        assert "£1,530.45" in pages[0]
        letters = [
            (words, sums[0]) for words in pages if (sums := re.findall(r"We are paying you (£[\d,.]+\d)", words))
        ]
        assert len(letters) == 30
        assert sum(parse_pounds(amount) for _words, amount in letters) == 153045
        for payment in self.run.payments.select_related("person"):
            own = [amount for words, amount in letters if payment.reference in words and str(payment.person) in words]
            assert own == [pounds(payment.amount_pence)], f"{payment.person} has letters of {own}"

    def record_the_payment_that_came_back(self):
        """The money goes; the bank sends one payment back, which is put right and paid in a later run."""
        self.first.open("Enter the day it was paid")
        self.first.fill_date("What day was it paid?", timezone.localdate())
        self.first.click("button", "Mark as paid")
        self.first.sees("Next: record the other payments", "Other: 2, £100.07")
        for _each in range(2):
            self.first.click("link", re.compile("Record that it was paid"))
            self.first.click("button", "Record")
        self.first.sees("Next: check the bank statement")
        self.back = self.run.payments.get(person__full_name="Invented Person 07")
        self.first.open("More: Invented Person 07")
        self.first.click("link", re.compile("Record that it came back.*Invented Person 07"))
        self.first.sees("£50.49")
        self.first.click("button", "Record that it came back")
        self.first.sees("Choose why it came back")
        self.first.choose("The account is closed")
        self.first.click("button", "Record that it came back")
        self.first.open("More: Invented Person 07")
        self.first.sees("Came back", "The account is closed", "1 payment, £50.49")
        told = self.post.for_address(self.back.person.user.email, "sent")
        assert "The account is closed" in told.get_body(("plain",)).get_content()
        self.first.go(f"/programmes/{self.programme.slug}/runs/new/")
        self.first.sees("Invented Person 07", "Nobody has checked the bank details since")
        self.held = BankDetails.objects.get(person=self.back.person)
        self.second.go(f"/programmes/{self.programme.slug}/bank-details/{self.held.pk}/")
        self.second.fill("How did you check?", "I rang the number in our records; the account is open again.")
        self.second.click("button", "I have checked them")
        self.first.go(f"/programmes/{self.programme.slug}/runs/new/")
        self.first.sees("Paid again", "£50.49")
        self.first.click("button", "Make the run")

    def pay_it_in_a_later_run(self):
        later = PaymentRun.objects.exclude(pk=self.run.pk).get()
        self.second.go(f"/runs/{later.pk}/")
        self.second.click("button", "Sign off this run")
        self.second.click("button", "Make the documents")
        self.second.page.get_by_role("link", name=f"Payment run {later.reference}.pdf").wait_for(timeout=60_000)
        self.second.go(f"/runs/{later.pk}/bank-file/")
        _name, text = downloaded(self.second, "Download the file")
        assert [parse_pounds(row[6]) for row in csv.reader(io.StringIO(text))] == [5049]
        self.second.go(f"/runs/{later.pk}/")
        self.second.open("Enter the day it was paid")
        self.second.fill_date("What day was it paid?", timezone.localdate())
        self.second.click("button", "Mark as paid")
        claim = Claim.objects.get(person=self.back.person)
        assert claim.status == Claim.Status.PAID
        assert set(Claim.objects.values_list("status", flat=True)) == {Claim.Status.PAID}

    def close_the_run(self):
        """Both runs agree with the bank's statement: what came back is not in the first."""
        self.first.go(f"/runs/{self.run.pk}/close/")
        self.first.sees("£50.49", "£1,379.89")
        self.first.fill("What left your account for this run?", "1379.89")
        self.first.click("button", "Close this run")
        self.first.sees("The bank statement shows £1,379.89")

    def record_a_name_check_on_a_phone(self):
        """On a phone: what the bank said about a name, which whoever confirms reads."""
        self.first.page.set_viewport_size(PHONE)
        self.first.checked.clear()
        factories.owe(self.programme, self.back.person)
        self.first.go(f"/programmes/{self.programme.slug}/bank-details/{self.held.pk}/")
        self.first.click("link", "Record what the bank said")
        self.first.choose("No match")
        self.first.click("button", "Save")
        self.first.sees("Recorded by Finn Fennel", "name and account do not match")
        for address in ("files/", "files/columns/?preset=paygate", "files/journal/", "files/account/"):
            self.first.go(f"/programmes/{self.programme.slug}/{address}")
        for address in ("", "files/standard-18/", "files/journal/"):
            self.first.go(f"/runs/{self.run.pk}/{address}")
        for each in (self.first, self.second):
            each.nothing_was_wrong()


def test_thirty_people_are_paid_by_files_that_add_up(cast, site, post, visitor):
    story = FilesOfARun(cast, post, visitor)
    story.finance_sign_in()
    story.enter_and_confirm_the_account()
    story.set_columns_and_account_codes()
    story.make_and_sign_the_run()
    story.download_the_bank_file()
    story.download_it_again_as_standard_18()
    story.download_the_journal()
    story.make_the_documents()
    story.record_the_payment_that_came_back()
    story.pay_it_in_a_later_run()
    story.close_the_run()
    story.record_a_name_check_on_a_phone()


def test_numbers_that_look_wrong_are_asked_about_once_on_a_phone(cast, site, post, visitor):
    user = factories.with_role(
        cast, Role.LIVED_EXPERIENCE, user=factories.a_user("Bryony Bramble", email="bryony@example.org")
    )
    person = visitor(PHONE)
    person.sign_in("bryony@example.org", post)
    person.go("/you/bank/change/")
    person.fill("Name on the account", "B Bramble")
    person.fill("Sort code", "00-00-11")
    person.fill("Account number", "11111111")
    person.click("button", "Save")
    person.sees("There is a problem", "These numbers look wrong")
    assert person.page.get_by_label("Account number").input_value() == "11111111"
    person.choose("I have checked")
    person.click("button", "Save")
    person.sees("Your bank details are saved", "These numbers look wrong")
    assert BankDetails.objects.get(person=user.person).checked == BankDetails.Check.LOOKS_WRONG
    person.nothing_was_wrong()
