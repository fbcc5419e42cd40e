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


def test_thirty_people_are_paid_by_files_that_add_up(cast, site, post, visitor):
    programme = cast
    first, second = visitor(), visitor()
    for each, email in ((first, "finn@example.org"), (second, "sage@example.org")):
        each.sign_in(email, post)
        each.set_up_second_step()

    # One enters the account the programme pays from; the other confirms it.
    first.go(f"/programmes/{programme.slug}/runs/")
    first.click("link", "Files and accounts")
    first.click("link", "Enter the account")
    first.fill("Name on the account", "Invented Wellbeing")
    first.fill("Sort code", "00-00-01")
    first.fill("Account number", "00000042")
    first.fill("Service User Number", "12345")
    first.click("button", "Save")
    first.sees("A Service User Number has 6 digits")
    first.fill("Service User Number", "123456")
    first.click("button", "Save")
    first.sees("To be confirmed by a second person")
    second.go("/")
    second.click("link", "Confirm the account the programme pays from")
    second.sees("00-00-01", "00000042")
    second.click("button", "It is right. Pay from this account")
    second.sees("Confirmed by")

    # Columns as the bank wants them: looked at first, then kept.
    first.go(f"/programmes/{programme.slug}/files/columns/")
    first.click("link", "RBS Autopay style")
    first.page.get_by_role("button", name="Show what comes out").click()
    first.sees("INVENTED0002,BO NOBODY,00000012,000000")
    first.page.get_by_role("button", name="Use these columns").click()
    first.sees("The columns are set", "Reference, Name on the account")
    first.click("link", "Set the account codes")
    for label, code in (("Payments for time", "5100"), ("Bank", "1200"), ("Money paid another way", "1210")):
        first.page.get_by_label(f"Account code: {label}", exact=True).fill(code)
    first.click("button", "Save")
    first.sees("The account codes are set")

    # The run, made by one and signed by the other.
    first.go(f"/programmes/{programme.slug}/runs/new/")
    first.click("button", "Make the run")
    run = PaymentRun.objects.get()
    second.go(f"/runs/{run.pk}/")
    second.click("button", "Sign off this run")
    second.sees("Files for the bank and the accounts", "28 payments, £1,430.38")

    # The bank file.
    day = add_working_days(timezone.localdate(), 1)
    first.go(f"/runs/{run.pk}/")
    first.click("link", "Bank file (CSV)")
    first.sees("28", "£1,430.38")
    name, text = downloaded(first, "Download the file")
    rows = list(csv.reader(io.StringIO(text)))
    assert name == f"{run.reference}.csv"
    assert sum(parse_pounds(row[6]) for row in rows) == 143038
    assert {(row[4], row[5]) for row in rows} == {(day.strftime("%y%j"), "99")}

    # The other form of it warns; a day banks do not work on is refused, and the day typed stays.
    first.go(f"/runs/{run.pk}/files/standard-18/")
    first.sees("pays everyone twice", "Finn Fennel")
    saturday = day + dt.timedelta(days=(5 - day.weekday()) % 7)
    first.fill_date("Which day does the bank process it?", saturday)
    first.choose("I know it was downloaded before")
    first.page.get_by_role("button", name="Download again").click()
    first.sees("Banks do not work on that day")
    assert first.page.get_by_label("Day", exact=True).input_value() == str(saturday.day)
    first.fill_date("Which day does the bank process it?", day)
    name, text = downloaded(first, "Download again")
    lines = text.split("\r\n")
    assert name == f"{run.reference}.txt"
    assert [line[15:17] for line in lines if len(line) == 100] == ["99"] * 28 + ["17"]
    assert int(next(line for line in lines if line[15:17] == "17" and len(line) == 100)[35:46]) == 143038

    # The journal has both ways of paying, and both sides.
    first.go(f"/runs/{run.pk}/files/journal/")
    name, text = downloaded(first, "Download the file")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["Account"]: parse_pounds(row["Debit"] or row["Credit"]) for row in rows} == {
        "Payments for time": 153045,
        "Bank": 143038,
        "Money paid another way": 10007,
    }
    assert sorted(RunFileDownload.objects.values_list("kind", flat=True)) == ["bank_file", "journal", "standard_18"]

    # Workers make the papers: one tagged pack of the schedule and thirty letters, right to the penny.
    first.go(f"/runs/{run.pk}/")
    first.click("button", "Make the documents")
    pack_link = first.page.get_by_role("link", name=f"Payment run {run.reference}, schedule and letters.pdf")
    pack_link.wait_for(timeout=60_000)
    first.check()
    pack = pypdf.PdfReader(io.BytesIO(first.page.request.get(pack_link.get_attribute("href")).body()))
    root = pack.trailer["/Root"]
    assert "/StructTreeRoot" in root and root["/MarkInfo"]["/Marked"] and root["/Lang"].lower() == "en-gb"
    pages = [re.sub(r"\s+", " ", page.extract_text()) for page in pack.pages]
    assert "£1,530.45" in pages[0]
    letters = [(words, sums[0]) for words in pages if (sums := re.findall(r"We are paying you (£[\d,.]+\d)", words))]
    assert len(letters) == 30
    assert sum(parse_pounds(amount) for _words, amount in letters) == 153045
    for payment in run.payments.select_related("person"):
        own = [amount for words, amount in letters if payment.reference in words and str(payment.person) in words]
        assert own == [pounds(payment.amount_pence)], f"{payment.person} has letters of {own}"

    # The money goes; the bank sends one payment back, which is put right and paid in a later run.
    first.fill_date("What day was it paid?", timezone.localdate())
    first.click("button", "Mark as paid")
    first.sees("Next: check the bank statement")
    back = run.payments.get(person__full_name="Invented Person 07")
    first.click("link", re.compile("Record that it came back.*Invented Person 07"))
    first.sees("£50.49")
    first.click("button", "Record that it came back")
    first.sees("Choose what the bank said")
    first.choose("The account is closed")
    first.click("button", "Record that it came back")
    first.sees("Sent back", "The account is closed", "1 payment, £50.49")
    told = post.for_address(back.person.user.email, "sent")
    assert "The account is closed" in told.get_body(("plain",)).get_content()
    first.go(f"/programmes/{programme.slug}/runs/new/")
    first.sees("Invented Person 07", "Nobody has checked the bank details since")
    held = BankDetails.objects.get(person=back.person)
    second.go(f"/programmes/{programme.slug}/bank-details/{held.pk}/")
    second.fill("How did you check?", "I rang the number in our records; the account is open again.")
    second.click("button", "I have checked them")
    first.go(f"/programmes/{programme.slug}/runs/new/")
    first.sees("Paid again", "£50.49")
    first.click("button", "Make the run")
    later = PaymentRun.objects.exclude(pk=run.pk).get()
    second.go(f"/runs/{later.pk}/")
    second.click("button", "Sign off this run")
    second.click("button", "Make the documents")
    second.page.get_by_role("link", name=f"Payment run {later.reference}.pdf").wait_for(timeout=60_000)
    second.go(f"/runs/{later.pk}/bank-file/")
    _name, text = downloaded(second, "Download the file")
    assert [parse_pounds(row[6]) for row in csv.reader(io.StringIO(text))] == [5049]
    second.go(f"/runs/{later.pk}/")
    second.fill_date("What day was it paid?", timezone.localdate())
    second.click("button", "Mark as paid")
    claim = Claim.objects.get(person=back.person)
    assert claim.status == Claim.Status.PAID
    assert set(Claim.objects.values_list("status", flat=True)) == {Claim.Status.PAID}

    # Both runs agree with the bank's statement: what came back is not in the first.
    first.go(f"/runs/{run.pk}/close/")
    first.sees("£50.49", "£1,379.89")
    first.fill("What left your account for this run?", "1379.89")
    first.click("button", "Close this run")
    first.sees("The bank statement shows £1,379.89")

    # On a phone: what the bank said about a name, which whoever confirms reads.
    first.page.set_viewport_size(PHONE)
    first.checked.clear()
    factories.owe(programme, back.person)
    first.go(f"/programmes/{programme.slug}/bank-details/{held.pk}/")
    first.click("link", "Record what the bank said")
    first.choose("No match")
    first.click("button", "Save")
    first.sees("Recorded by Finn Fennel", "name and account do not match")
    for address in ("files/", "files/columns/?preset=paygate", "files/journal/", "files/account/"):
        first.go(f"/programmes/{programme.slug}/{address}")
    for address in ("", "files/standard-18/", "files/journal/"):
        first.go(f"/runs/{run.pk}/{address}")
    for each in (first, second):
        each.nothing_was_wrong()


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
