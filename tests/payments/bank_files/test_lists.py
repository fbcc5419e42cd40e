"""Vouchers, donations and payroll: lists of their own, never in a file for the bank."""

import pytest
from django.urls import reverse

from payments.bank_files import bacs
from payments.bank_files.actions import downloads
from payments.bank_files.lists import RunList
from payments.models import RunFileDownload
from payments.payees.account_values import BankError
from programmes.models import Role
from tests import factories
from tests.helpers.documents import rows_of
from tests.helpers.run_files import approved, give_checked_details, signed


@pytest.fixture
def run(scene):
    """Four people with checked accounts: a voucher and a fare, a donation alone, payroll and a fare, plain money."""
    claims = []
    for name, lines, shares in (
        ("Vera Voucher", [("", 5000), ("parking", 300)], {"voucher": 5000}),
        ("=Dora Donor", [("", 7500)], {"donation": 7500}),
        ("Percy Payroll", [("", 10000), ("parking", 250)], {"payroll": 10000}),
        ("Manny Money", [("", 5000)], {}),
    ):
        user = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, name)
        user.person.postal_address = "1 Invented Row\nInventown"
        user.person.save()
        give_checked_details(scene, user, account_name=name)
        claims.append(approved(scene, user, lines, **shares))
    return signed(scene, claims)


def test_each_list_has_its_own_people_and_sums(run):
    claims = {item.claim.person.full_name: item.claim.reference for item in items(run)}
    references = {payment.person.full_name: payment.reference for payment in run.payments.select_related("person")}
    vera, dora, percy = "Vera Voucher", "=Dora Donor", "Percy Payroll"
    email = run.payments.get(person__full_name=vera).person.email
    assert rows_of(RunList(run, "vouchers")) == [
        ["Reference", "Name", "Email", "Postal address", "Amount", "Claims"],
        [references[vera], vera, email, "1 Invented Row Inventown", "50.00", claims[vera]],
    ]
    assert rows_of(RunList(run, "donations"))[1:] == [[references[dora], f"'{dora}", "75.00", claims[dora]]]
    assert rows_of(RunList(run, "payroll"))[1:] == [[references[percy], percy, "100.00", claims[percy]]]


def items(run):
    from payments.models import PaymentItem

    return PaymentItem.objects.filter(payment__run=run).select_related("claim__person")


def test_only_money_is_in_the_bank_file(run):
    lines = b"".join(bacs.BankFile(run)).decode().splitlines()
    assert sorted((line.split(",")[2], line.split(",")[3]) for line in lines) == [
        ("MANNY MONEY", "50.00"),
        ("PERCY PAYROLL", "2.50"),
        ("VERA VOUCHER", "3.00"),
    ]


@pytest.mark.parametrize(("kind", "pence"), [("vouchers", 5000), ("donations", 7500), ("payroll", 10000)])
def test_count_and_total_on_screen_are_those_of_the_list_and_the_download_is_recorded(
    scene, run, signed_in, kind, pence
):
    client, address = signed_in(scene.finance), reverse("run_file", args=[run.pk, kind])
    page = client.get(address)
    assert (page.context["count"], page.context["total_pence"]) == (1, pence)
    response = client.post(address)
    assert len(b"".join(response.streaming_content).decode().splitlines()) == 2
    record = RunFileDownload.objects.get()
    assert (record.kind, record.payments_count, record.total_pence) == (kind, 1, pence)
    again = client.get(address).content.decode()
    assert "has been downloaded before" in again
    assert "pays everyone twice" not in again
    assert "again" in client.post(address).context["form"].errors
    # Another list is another file.
    other = "payroll" if kind == "vouchers" else "vouchers"
    downloads.download(run=run, by=scene.finance, kind=other)


def test_the_page_of_the_run_lists_its_files_and_how_often_each_was_taken(scene, run, signed_in):
    downloads.download(run=run, by=scene.finance, kind="vouchers")
    downloads.download(run=run, by=scene.finance, kind="vouchers", again=True)
    page = signed_in(scene.finance).get(run.get_absolute_url())
    files = {str(row["label"]): row for row in page.context["run_files"]}
    assert {name: row["pence"] for name, row in files.items()} == {
        "Bank file (CSV)": 5550,
        "Bank file (Standard 18)": 5550,
        "Journal for the accounts": None,
        "Vouchers": 5000,
        "Donations": 7500,
        "Payroll": 10000,
    }
    assert "Downloaded 2 times" in page.content.decode()
    assert signed_in(scene.administrator).get(run.get_absolute_url()).context["run_files"] == []


def test_a_run_without_vouchers_has_no_list_of_them(scene, claim_in, signed_in):
    run = signed(scene, [claim_in("approved")])
    client = signed_in(scene.finance)
    assert client.get(reverse("run_file", args=[run.pk, "vouchers"])).status_code == 302
    assert client.get(reverse("run_file", args=[run.pk, "yachts"])).status_code == 404
    assert [str(row["label"]) for row in client.get(run.get_absolute_url()).context["run_files"]] == [
        "Journal for the accounts"
    ]
    with pytest.raises(BankError, match="nothing in this run"):
        downloads.download(run=run, by=scene.finance, kind="vouchers")
