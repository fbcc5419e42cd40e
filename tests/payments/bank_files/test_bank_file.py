"""The CSV file for the bank: right to the byte, counted, recorded, and downloaded again only when asked."""

import hashlib

import pytest
from django.urls import reverse

from payments.bank_files import bacs
from payments.bank_files.actions import downloads
from payments.models import Payment, PaymentMethod, PaymentRun, RunFileDownload
from payments.payees.account_values import BankError
from payments.runs.actions import runs
from programmes.models import Role
from tests import factories
from tests.helpers.database import refused
from tests.helpers.payees import check, give, signed_run
from tests.helpers.runs import pay

# The file


@pytest.mark.parametrize(
    ("name", "in_the_file"),
    [
        ("Petra Person", "PETRA PERSON"),
        ("Siân O’Brien-Łukasz", "SIAN OBRIEN-LUKASZ"),
        ("=cmd|' /C calc'!A0", "CMD /C CALC A0"),
        ("-Dash, & Sons (Ltd.)", "DASH & SONS LTD."),
        ("Groß\r\nZoë", "GROSS ZOE"),
        ("Wilhelmina Featherstonehaugh", "WILHELMINA FEATHER"),
        ("Bartholomew Abcde F", "BARTHOLOMEW ABCDE"),
        ("王小明", ""),
    ],
)
def test_a_name_becomes_what_a_bank_takes(name, in_the_file):
    assert bacs.bank_text(name) == in_the_file


@pytest.fixture
def three_payees(scene, claim_in):
    """A signed run of three people with awkward names and accounts that start with zeros; a fourth has no account."""
    claims = []
    for name, sort_code, number, pence in (
        ("Siân O’Brien-Łukasz", "08-99-99", "374958", 123456),
        ("Bartholomew, Abcde “Bart” Fgh", "00 12 34", "00000012", 5),
        ("=Sum Quinn", "400001", "1234567", 5000),
        ("Nora None", "", "", 999),
    ):
        user = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, name)
        if sort_code:
            check(scene, give(user, account_name=name, sort_code=sort_code, account_number=number))
        claims.append(claim_in("approved", user=user, amount_pence=pence))
    return signed_run(scene, claims)


def test_the_file_is_right_to_the_byte(scene, three_payees):
    code = scene.programme.short_code
    assert b"".join(bacs.BankFile(three_payees)) == (
        f"400001,01234567,SUM QUINN,50.00,{code}00010001\r\n"
        f"001234,00000012,BARTHOLOMEW ABCDE,0.05,{code}00010002\r\n"
        f"089999,00374958,SIAN OBRIEN-LUKASZ,1234.56,{code}00010004\r\n"
    ).encode("ascii")


def test_count_and_total_on_screen_are_those_of_the_file_and_the_download_is_recorded(scene, three_payees, signed_in):
    client, address = signed_in(scene.finance), reverse("bank_file", args=[three_payees.pk])
    page = client.get(address)
    assert "£1,284.61" in page.content.decode()
    assert not RunFileDownload.objects.exists()
    response = client.post(address)
    content = b"".join(response.streaming_content)
    lines = content.decode("ascii").splitlines()
    pence = sum(round(float(line.split(",")[3]) * 100) for line in lines)
    assert (len(lines), pence) == (page.context["count"], page.context["total_pence"]) == (3, 128461)
    assert response["Content-Disposition"] == f'attachment; filename="{three_payees.reference}.csv"'
    record = RunFileDownload.objects.get()
    assert (record.by, record.payments_count, record.total_pence) == (scene.finance.person, 3, 128461)
    assert record.sha256 == hashlib.sha256(content).hexdigest()
    refused("UPDATE payments_runfiledownload SET total_pence = 1")
    refused("DELETE FROM payments_runfiledownload")


def test_downloading_again_warns_names_who_had_it_and_asks(scene, three_payees, signed_in):
    downloads.download(run=three_payees, by=scene.finance_two)
    client, address = signed_in(scene.finance), reverse("bank_file", args=[three_payees.pk])
    page = client.get(address).content.decode()
    assert "everyone is paid twice" in page
    assert "Femi Finance" in page
    refusal = client.post(address)
    assert refusal.status_code == 200
    assert "again" in refusal.context["form"].errors
    assert RunFileDownload.objects.count() == 1
    again = client.post(address, {"again": "on"})
    assert again["Content-Type"].startswith("text/csv")
    assert len(set(RunFileDownload.objects.values_list("sha256", flat=True))) == 1
    assert RunFileDownload.objects.count() == 2


@pytest.mark.parametrize("status", PaymentRun.Status)
def test_there_is_a_bank_file_only_once_a_run_is_signed(scene, claim_in, signed_in, status):
    check(scene, give(scene.person))
    run = runs.make_run(programme=scene.programme, claims=[claim_in("approved")], by=scene.finance)
    if status == PaymentRun.Status.SIGNED:
        runs.sign_off(run=run, by=scene.finance_two)
    elif status == PaymentRun.Status.PAID:
        pay(scene, run)
    elif status == PaymentRun.Status.CANCELLED:
        runs.cancel(run=run, by=scene.finance)
    has_file = status in {PaymentRun.Status.SIGNED, PaymentRun.Status.PAID}
    address = reverse("bank_file", args=[run.pk])
    client = signed_in(scene.finance)
    assert client.get(address).status_code == (200 if has_file else 302)
    assert client.post(address).status_code == (200 if has_file else 302)
    assert RunFileDownload.objects.exists() == has_file


def test_a_run_that_pays_nobody_by_bank_has_no_file(scene, claim_in, signed_in):
    run = signed_run(scene, [claim_in("approved")])
    assert signed_in(scene.finance).get(reverse("bank_file", args=[run.pk])).status_code == 302
    with pytest.raises(BankError, match="Nobody"):
        downloads.download(run=run, by=scene.finance)
    assert not RunFileDownload.objects.exists()


def test_a_large_file_comes_in_pieces_and_adds_up(scene):
    run = PaymentRun.objects.create(programme=scene.programme, reference="LARGE-R0001", made_by=scene.finance.person)
    account = {"account_name": "P", "sort_code": "089999", "account_number": "00000001", "account_digits": "01"}
    Payment.objects.bulk_create(
        Payment(
            run=run,
            person=factories.a_person(),
            reference=f"LARGE{number:04d}",
            amount_pence=number,
            method=PaymentMethod.BANK,
            **account,
        )
        for number in range(1, bacs.CHUNK + 2)
    )
    file = bacs.BankFile(run)
    pieces = list(file)
    assert [piece.count(b"\r\n") for piece in pieces] == [bacs.CHUNK, 1]
    assert file.count == bacs.CHUNK + 1
    assert file.total_pence == sum(range(1, bacs.CHUNK + 2))
