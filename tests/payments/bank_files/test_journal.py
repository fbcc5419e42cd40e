"""The journal of a run: every penny on both sides, by cost code, in the columns three accounts packages take."""

import datetime as dt

import pgtrigger
import pytest
from django.db import connection, transaction
from django.db.models import F
from django.db.utils import DatabaseError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from payments.bank_files import journal
from payments.bank_files.actions import downloads, setup
from payments.bank_files.journal import Journal, JournalError
from payments.bank_files.layouts import FileSettingsError
from payments.claims import queries as claim_queries
from payments.models import JournalFormat, PaymentItem, RunFileDownload
from payments.payees.account_values import BankError
from payments.runs.actions import runs
from programmes.models import Role
from tests import factories
from tests.helpers.documents import rows_of
from tests.helpers.run_files import approved, give_checked_details, signed
from wellbeing.lib.money import parse_pounds

CODES = {
    "fees": "5001",
    "expenses": "5100",
    "mileage": "5110",
    "bank": "1200",
    "other_way": "1210",
    "payroll": "2210",
    "vouchers": "2300",
    "donations": "2310",
    "advances": "1300",
    "returned": "1400",
}
ON = dt.date(2026, 11, 23)


def layout(scene, **changes):
    values = {"package": "generic", "codes": CODES, "tax_code": "T9", **changes}
    return setup.set_journal_layout(programme=scene.programme, by=scene.finance, **values)


def total(rows, place, account):
    """The sum of the amounts at `place` in rows of `account`, in pence."""
    return sum(parse_pounds(row[place]) for row in rows if row[2] == account and row[place])


@pytest.fixture
def run(scene):
    """Everything a fee and expenses can become: bank, another way, payroll, voucher, charity, not taken, advance."""
    people = [factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, f"Person {n}") for n in range(5)]
    give_checked_details(scene, people[0])
    claims = [
        approved(scene, people[0], [("", 5000), ("mileage", 400), ("parking", 250)]),
        approved(scene, people[1], [("", 5000), ("childcare", 1000)], advance_recovered=300),
        approved(scene, people[2], [("", 10000), ("mileage", 120)], payroll=10000),
        approved(scene, people[3], [("", 5000), ("parking", 80)], voucher=5000),
        approved(scene, people[4], [("", 7500)], donation=5000, waived=2500),
    ]
    return signed(scene, claims)


def test_a_generic_journal_adds_up_by_account_and_balances(scene, run):
    file = Journal(run, layout(scene), on=ON)
    headings, *rows = rows_of(file)
    assert headings == ["Date", "Reference", "Account code", "Account", "Cost code", "Description", "Debit", "Credit"]
    code = scene.programme.cost_code
    assert {(*tuple(row[:3]), row[4]) for row in rows} == {
        ("2026-11-23", run.reference, account, code)
        for account in ("5001", "5110", "5100", "1200", "1210", "2210", "2300", "2310", "1300")
    }
    sums = {
        (row[3], side): parse_pounds(row[place]) for row in rows for side, place in (("D", 6), ("C", 7)) if row[place]
    }
    assert sums == {
        # 5000 + 5000 + 10000 + 5000 + 7500, less 2500 not taken.
        ("Payments for time", "D"): 30000,
        ("Driving your own car", "D"): 520,
        ("Parking", "D"): 330,
        ("Childcare", "D"): 1000,
        ("Bank", "C"): 5650,
        ("Money paid another way", "C"): 5700 + 120 + 80,
        ("Through payroll", "C"): 10000,
        ("Vouchers", "C"): 5000,
        ("Donations", "C"): 5000,
        ("Paid in advance or direct", "C"): 300,
    }
    debits = sum(pence for (_name, side), pence in sums.items() if side == "D")
    assert debits == sum(pence for (_name, side), pence in sums.items() if side == "C") == file.total_pence == 31850
    assert file.count == len(rows) == 10


def test_a_line_for_each_claim_has_the_same_sums(scene, run):
    summary = rows_of(Journal(run, layout(scene), on=ON))[1:]
    file = Journal(run, layout(scene, by_claim=True), on=ON)
    rows = rows_of(file)[1:]
    assert file.count == len(rows) > len(summary)
    for account in {row[2] for row in rows}:
        for place in (6, 7):
            of = [
                sum(parse_pounds(row[place]) for row in found if row[2] == account and row[place])
                for found in (rows, summary)
            ]
            assert of[0] == of[1]
    references = set(run.payments.values_list("items__claim__reference", flat=True))
    debits = [row for row in rows if row[6]]
    assert {row[5].split()[1] for row in debits} == references
    # Accounts are read by many: they hold no name.
    assert "Person" not in str(rows)


def test_a_xero_journal_has_its_columns_and_sums_to_nothing(scene, run):
    rows = rows_of(Journal(run, layout(scene, package="xero", tax_code="No VAT", tracking="Cost code"), on=ON))
    assert rows[0] == [
        "*Narration",
        "*Date",
        "Description",
        "*AccountCode",
        "*TaxRate",
        "*Amount",
        "TrackingName1",
        "TrackingOption1",
        "TrackingName2",
        "TrackingOption2",
    ]
    assert {(row[0], row[1], row[4], row[6], row[7]) for row in rows[1:]} == {
        (f"Payment run {run.reference}", "23/11/2026", "No VAT", "Cost code", scene.programme.cost_code)
    }
    assert sum(round(float(row[5]) * 100) for row in rows[1:]) == 0
    assert any(row[5].startswith("-") for row in rows[1:])


def test_a_sage_journal_has_debits_and_credits_of_one_size(scene, run):
    rows = rows_of(Journal(run, layout(scene, package="sage"), on=ON))
    assert rows[0][:10] == [
        "Type",
        "Account Reference",
        "Nominal A/C Ref",
        "Department Code",
        "Date",
        "Reference",
        "Details",
        "Net Amount",
        "Tax Code",
        "Tax Amount",
    ]
    sums = {kind: sum(parse_pounds(row[7]) for row in rows[1:] if row[0] == kind) for kind in ("JD", "JC")}
    assert sums == {"JD": 31850, "JC": 31850}
    assert {(row[4], row[8], row[9], row[11]) for row in rows[1:]} == {
        ("23/11/2026", "T9", "0.00", scene.programme.cost_code)
    }
    assert all(len(row[6]) <= 60 for row in rows)


@pytest.mark.parametrize(("cost_code", "department"), [("7", "7"), ("CP-100", "0"), ("1234", "0"), ("²", "0")])
def test_a_cost_code_that_is_a_small_number_is_a_department_in_sage(scene, run, cost_code, department):
    scene.programme.cost_code = cost_code
    scene.programme.save()
    rows = rows_of(Journal(run, layout(scene, package="sage"), on=ON))[1:]
    assert {row[3] for row in rows} == {department}


def test_cost_codes_are_kept_apart(scene, run, monkeypatch):
    first = run.payments.order_by("pk").first().items.get().claim_id
    monkeypatch.setattr(claim_queries, "cost_code_of", lambda claim: "ONE" if claim.pk == first else "REST")
    rows = rows_of(Journal(run, layout(scene), on=ON))[1:]
    for cost_code, pence in (("ONE", 5650), ("REST", 26200)):
        own = [row for row in rows if row[4] == cost_code]
        for place in (6, 7):
            assert sum(parse_pounds(row[place]) for row in own if row[place]) == pence


def test_money_the_bank_sent_back_is_not_spent_twice(scene, run):
    """The first run's journal has the cost; paying again only takes it out of the account it came back to."""
    failed = run.payments.get(method="bank").items.get()
    claim = failed.claim
    with pgtrigger.ignore("payments.PaymentItem:items_stay_with_their_payment"):
        # As the return of a payment leaves things: the claim may be paid again, the old item no longer holds it.
        PaymentItem.objects.filter(pk=failed.pk).update(live=False)
    claim.refresh_from_db()
    claim.status = "payment_failed"
    claim.save()
    again = signed(scene, [claim])
    rows = rows_of(Journal(again, layout(scene), on=ON))[1:]
    assert [(row[2], row[6], row[7]) for row in rows] == [("1400", "56.50", ""), ("1200", "", "56.50")]


def test_a_cancelled_run_is_no_earlier_payment(scene):
    claim = approved(scene, scene.person, [("", 5000)])
    cancelled = runs.make_run(programme=scene.programme, claims=[claim], by=scene.finance)
    runs.cancel(run=cancelled, by=scene.finance)
    claim.refresh_from_db()
    rows = rows_of(Journal(signed(scene, [claim]), layout(scene), on=ON))[1:]
    assert [row[2] for row in rows] == ["5001", "1210"]


def test_a_journal_that_would_not_balance_is_never_handed_out(scene, run):
    with pgtrigger.ignore("payments.PaymentItem:items_stay_with_their_payment"):
        PaymentItem.objects.update(amount_pence=F("amount_pence") + 1)
    with pytest.raises(JournalError, match="debits"):
        list(Journal(run, layout(scene), on=ON))


@given(
    st.lists(
        st.tuples(
            st.integers(0, 30000),
            st.dictionaries(st.sampled_from(["mileage", "parking", "other"]), st.integers(1, 9999), max_size=3),
            st.sampled_from(["all", "part", "none", "charity", "voucher"]),
            st.integers(0, 5000),
            st.booleans(),
        ),
        max_size=6,
    )
)
def test_both_sides_of_a_journal_are_equal_for_any_claims(claims):
    """The rules of a journal on any claims, without a database."""
    from types import SimpleNamespace
    from unittest import mock

    from payments.policy.calculations import shares

    found = []
    for fee, expenses, recognition, advance, payroll in claims:
        split = shares(fee, sum(expenses.values()), recognition, fee // 2, advance, payroll)
        spent = [("fees", fee - split.waived), *expenses.items()]
        paid = [("bank", split.money), ("payroll", split.payroll), ("vouchers", split.voucher)]
        paid += [("donations", split.donation), ("advances", split.advance_recovered)]
        found.append(("C-1", "CP", spent, paid))
    row = JournalFormat(package="generic", codes=CODES)
    with mock.patch.object(journal, "_claims", return_value=iter(found)):
        file = Journal(SimpleNamespace(reference="R1"), row, on=ON)
        rows = rows_of(file)[1:]
    sides = [sum(parse_pounds(each[place]) for each in rows if each[place]) for place in (6, 7)]
    assert sides[0] == sides[1] == file.total_pence


# Setting the codes, and the page


def test_a_kind_of_expense_without_its_own_code_shares_one():
    row = JournalFormat(codes={"expenses": "5100", "mileage": "5110"})
    assert (row.code_for("mileage"), row.code_for("parking"), row.code_for("bank")) == ("5110", "5100", "")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"codes": {"fees": "=1"}}, "code-fees"),
        ({"codes": {"fees": "x" * 21}}, "code-fees"),
        ({"codes": {"yachts": "1"}}, None),
        ({"package": "xero", "tax_code": " "}, "tax_code"),
    ],
)
def test_codes_that_cannot_be_are_refused(scene, changes, field):
    with pytest.raises(FileSettingsError) as refusal:
        layout(scene, **changes)
    assert refusal.value.field == field
    assert not JournalFormat.objects.exists()


def test_codes_once_set_are_kept(scene):
    layout(scene)
    for sql in ("UPDATE payments_journalformat SET package = 'xero'", "DELETE FROM payments_journalformat"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_the_page_says_what_is_missing_then_shows_what_is_in_the_file(scene, run, signed_in):
    client, address = signed_in(scene.finance), reverse("run_file", args=[run.pk, "journal"])
    assert "A journal needs your account codes" in client.get(address).content.decode()
    settings_address = reverse("journal_layout", args=[scene.programme.slug])
    answers = {"package": "generic", **{f"code-{purpose}": code for purpose, code in CODES.items()}}
    faulty = client.post(settings_address, {**answers, "code-bank": "a,b"})
    assert (faulty.status_code, list(faulty.context["form"].errors)) == (200, ["code-bank"])
    assert client.post(settings_address, answers).status_code == 302
    assert client.get(settings_address).context["form"]["code-mileage"].value() == "5110"
    page = client.get(address)
    assert "£318.50" in page.content.decode()
    response = client.post(address)
    content = b"".join(response.streaming_content)
    assert response["Content-Disposition"] == f'attachment; filename="{run.reference}-journal.csv"'
    rows = rows_of(content)[1:]
    debits = sum(parse_pounds(row[6]) for row in rows if row[6])
    record = RunFileDownload.objects.get()
    assert (len(rows), debits) == (page.context["count"], page.context["total_pence"])
    assert (record.payments_count, record.total_pence, record.kind) == (10, 31850, "journal")
    assert client.post(address).status_code == 200
    assert RunFileDownload.objects.count() == 1
    assert b"".join(client.post(address, {"again": "on"}).streaming_content) == content


def test_a_journal_is_made_with_whole_codes_only(scene, run):
    layout(scene, codes={"fees": "5001", "expenses": "5100", "bank": "1200"})
    with pytest.raises(
        BankError, match=r"Money paid another way, Paid in advance or direct, Through payroll|Donations"
    ):
        downloads.download(run=run, by=scene.finance, kind="journal")
    assert not RunFileDownload.objects.exists()


def test_a_journal_of_a_paid_run_bears_the_day_it_was_paid(scene, run):
    layout(scene)
    signed_on = downloads.download(run=run, by=scene.finance, kind="journal").made_with["on"]
    assert signed_on == run.signed_at.date().isoformat()
