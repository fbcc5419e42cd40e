"""The Standard 18 file: every line to the character, its totals those on screen, and what has to be there first."""

import datetime as dt
import hashlib
import re

import pytest
import time_machine
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from payments.bank_files import bacs, registry
from payments.bank_files.actions import downloads, setup
from payments.bank_files.layouts import FileSettingsError
from payments.bank_files.registry import FileNotReadyError
from payments.models import PayingAccount, RunFileDownload
from payments.payees.account_values import BankError
from programmes.models import Role
from tests import factories
from tests.helpers.database import refused
from tests.helpers.run_files import give_checked_details, signed

Kind = RunFileDownload.Kind
# A Monday, and the Tuesday after it: day 328 of 2026.
MADE_ON, DAY = dt.date(2026, 11, 23), dt.date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _on_a_monday():
    with time_machine.travel(dt.datetime(2026, 11, 23, 10, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def account(scene):
    return factories.a_paying_account(scene.programme, scene.finance.person, scene.finance_two.person)


@pytest.fixture
def run(scene, claim_in):
    """Two by bank, with awkward names and zeros in front; one paid another way."""
    claims = []
    for name, sort_code, number, pence in (
        ("Siân O’Brien-Łukasz", "08-99-99", "374958", 123456),
        ("Wilhelmina Featherstonehaugh", "00-00-02", "00000012", 5),
        ("Nora None", "", "", 999),
    ):
        user = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, name)
        if sort_code:
            give_checked_details(scene, user, sort_code=sort_code, account_number=number)
        claims.append(claim_in("approved", user=user, amount_pence=pence))
    return signed(scene, claims)


def lines_of(file):
    return b"".join(file).decode("ascii").split("\r\n")


def test_the_file_is_right_to_the_character(scene, run, account):
    code = scene.programme.short_code
    first, second = f"{code}00010002".ljust(18), f"{code}00010003".ljust(18)
    reference = run.reference.replace("-", "").ljust(18)
    label = f"A123456S  1123456{run.pk:06d}00010001       26327 26335 000000" + " " * 20
    assert lines_of(bacs.Standard18(run, account=account, day=DAY, made_on=MADE_ON)) == [
        f"VOL1{run.pk:06d}" + " " * 31 + "123456" + " " * 32 + "1",
        "HDR1" + label,
        "HDR2F0200000100" + " " * 35 + "00" + " " * 28,
        "UHL1 26328999999    000000001 DAILY  001" + " " * 40,
        f"0899990037495809900000100000042    00000123456WELLBEING INVENTED{first}SIAN OBRIEN-LUKASZ",
        f"0000020000001209900000100000042    00000000005WELLBEING INVENTED{second}WILHELMINA FEATHER",
        f"0000010000004201700000100000042    00000123461{reference}CONTRA            WELLBEING INVENTED",
        "EOF1" + label,
        "EOF2F0200000100" + " " * 35 + "00" + " " * 28,
        "UTL1000000012346100000001234610000001" + "0000002" + " " * 36,
        "",
    ]


def test_data_lines_have_100_characters_labels_80_and_only_what_bacs_allows(run, account):
    lines = lines_of(bacs.Standard18(run, account=account, day=DAY, made_on=MADE_ON))[:-1]
    labels = [line for line in lines if line[:3] in {"VOL", "HDR", "UHL", "EOF", "UTL"}]
    data = [line for line in lines if line not in labels]
    assert {len(line) for line in labels} == {80}
    assert {len(line) for line in data} == {100}
    assert all(re.fullmatch(r"[A-Z0-9.&/ -]+", line) for line in lines)
    assert [line[15:17] for line in data] == ["99", "99", "17"]


def test_the_contra_and_the_trailer_hold_the_sum_of_the_credits(run, account):
    file = bacs.Standard18(run, account=account, day=DAY, made_on=MADE_ON)
    *credits, contra = [line for line in lines_of(file) if len(line) == 100]
    total = sum(int(line[35:46]) for line in credits)
    trailer = lines_of(file)[-2]
    assert int(contra[35:46]) == total == file.total_pence == 123461
    # Debits, credits, how many debits, how many credits.
    assert [int(trailer[a:b]) for a, b in ((4, 17), (17, 30), (30, 37), (37, 44))] == [total, total, 1, len(credits)]
    assert file.count == len(credits) == 2


def test_the_serial_number_is_the_runs_and_never_noughts(run, account):
    run.pk = 999_999
    assert lines_of(bacs.Standard18(run, account=account, day=DAY, made_on=MADE_ON))[0][4:10] == "999999"
    run.pk = 1_000_000
    assert lines_of(bacs.Standard18(run, account=account, day=DAY, made_on=MADE_ON))[0][4:10] == "000001"


# On the page


def test_without_an_account_or_a_number_the_page_says_what_is_missing(scene, run, signed_in):
    client, address = signed_in(scene.finance), reverse("run_file", args=[run.pk, "standard-18"])
    assert "the account the programme pays from" in client.get(address).content.decode()
    waiting = factories.a_paying_account(scene.programme, scene.finance.person, service_user_number="")
    assert "confirmed by a second person" in client.get(address).content.decode()
    page = client.post(address, {"day_day": "24", "day_month": "11", "day_year": "2026"})
    assert page.status_code == 200
    setup.confirm_paying_account(account=waiting, by=scene.finance_two)
    page = client.get(address).content.decode()
    assert "needs your Service User Number" in page
    assert reverse("file_settings", args=[scene.programme.slug]) in page
    assert not RunFileDownload.objects.exists()


def test_count_and_total_on_screen_are_those_of_the_file_and_the_download_says_what_it_was(
    scene, run, account, signed_in
):
    client, address = signed_in(scene.finance), reverse("run_file", args=[run.pk, "standard-18"])
    page = client.get(address)
    assert "£1,234.61" in page.content.decode()
    # The next working day is offered.
    assert page.context["form"]["day"].value() == DAY
    response = client.post(address, {"day_day": "24", "day_month": "11", "day_year": "2026"})
    content = b"".join(response.streaming_content)
    trailer = content.decode().split("\r\n")[-2]
    assert (int(trailer[37:44]), int(trailer[17:30])) == (page.context["count"], page.context["total_pence"])
    assert response["Content-Disposition"] == f'attachment; filename="{run.reference}.txt"'
    record = RunFileDownload.objects.get()
    assert (record.kind, record.payments_count, record.total_pence) == ("standard_18", 2, 123461)
    assert record.made_with == {"account": account.pk, "day": "2026-11-24", "made_on": "2026-11-23"}
    assert record.sha256 == hashlib.sha256(content).hexdigest()


def test_the_same_file_comes_out_of_what_a_download_kept_whatever_is_set_later(scene, run, account):
    record = downloads.download(run=run, by=scene.finance, kind=Kind.STANDARD_18, day=DAY)
    factories.a_paying_account(
        scene.programme, scene.finance.person, scene.finance_two.person, service_user_number="654321"
    )
    again = registry.file_of(run, record.kind, record.made_with).exhaust()
    assert again.sha256 == record.sha256


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (None, "Choose the day"),
        (dt.date(2026, 11, 28), "do not work"),
        (dt.date(2026, 12, 25), "do not work"),
        (dt.date(2026, 11, 23), "too late"),
        (dt.date(2026, 11, 20), "too late"),
        (dt.date(2026, 12, 29), "within the next 31 days"),
    ],
)
def test_a_day_the_bank_cannot_process_is_refused_beside_its_boxes(scene, run, account, signed_in, day, why):
    with pytest.raises(FileNotReadyError, match=why) as refusal:
        downloads.download(run=run, by=scene.finance, kind=Kind.STANDARD_18, day=day)
    assert refusal.value.field == "day"
    if day:
        page = signed_in(scene.finance).post(
            reverse("run_file", args=[run.pk, "standard-18"]),
            {"day_day": str(day.day), "day_month": str(day.month), "day_year": str(day.year)},
        )
        assert page.status_code == 200
        assert "day" in page.context["form"].errors
    assert not RunFileDownload.objects.exists()


def test_either_form_of_the_bank_file_warns_of_the_other(scene, run, account, signed_in):
    downloads.download(run=run, by=scene.finance_two)
    with pytest.raises(BankError, match="downloaded before"):
        downloads.download(run=run, by=scene.finance, kind=Kind.STANDARD_18, day=DAY)
    page = signed_in(scene.finance).get(reverse("run_file", args=[run.pk, "standard-18"])).content.decode()
    assert "everyone is paid twice" in page
    assert "Bank file (CSV): Femi Finance" in page
    downloads.download(run=run, by=scene.finance, kind=Kind.STANDARD_18, day=DAY, again=True)
    assert set(RunFileDownload.objects.values_list("kind", flat=True)) == {"bank_file", "standard_18"}


def test_a_total_of_more_than_eleven_digits_is_refused(scene, run, account, monkeypatch):
    monkeypatch.setattr(registry, "MAX_STANDARD_18_PENCE", 123460)
    with pytest.raises(BankError, match="too large"):
        downloads.download(run=run, by=scene.finance, kind=Kind.STANDARD_18, day=DAY)


# The account the programme pays from


GIVEN = {
    "account_name": "Wellbeing Invented",
    "sort_code": "00-00-01",
    "account_number": "42",
    "service_user_number": "12 34 56",
}


def enter(scene, by=None, **changes):
    values = {**GIVEN, "account_number": "00000042", "effective_from": timezone.localdate(), **changes}
    return setup.set_paying_account(programme=scene.programme, by=by or scene.finance, **values)


def test_a_second_person_in_finance_confirms_the_account(scene):
    account = enter(scene)
    effective_on = lambda: PayingAccount.objects.effective_on(scene.programme, timezone.localdate())  # noqa: E731
    assert effective_on() is None
    with pytest.raises(FileSettingsError, match="second person"):
        setup.confirm_paying_account(account=account, by=scene.finance)
    for outsider in (scene.staff, scene.administrator, scene.finance_elsewhere):
        with pytest.raises(FileSettingsError, match="Only finance"):
            setup.confirm_paying_account(account=account, by=outsider)
        with pytest.raises(FileSettingsError, match="Only finance"):
            enter(scene, by=outsider)
    setup.confirm_paying_account(account=account, by=scene.finance_two)
    assert effective_on() == account
    assert effective_on().service_user_number == "123456"
    with pytest.raises(FileSettingsError, match="already"):
        setup.confirm_paying_account(account=account, by=scene.finance_three)


def test_an_account_holds_from_its_day_until_a_later_one_does(scene):
    today = timezone.localdate()
    first = factories.a_paying_account(
        scene.programme, scene.finance.person, scene.finance_two.person, effective_from=today - dt.timedelta(days=30)
    )
    second = enter(scene, effective_from=today + dt.timedelta(days=7))
    setup.confirm_paying_account(account=second, by=scene.finance_two)
    found = PayingAccount.objects.effective_on
    assert found(scene.programme, today) == first
    assert found(scene.programme, today + dt.timedelta(days=7)) == second
    assert found(scene.programme, today - dt.timedelta(days=31)) is None
    assert found(scene.other, today) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [("sort_code", "1234"), ("account_number", "12"), ("service_user_number", "12345"), ("account_name", "…")],
)
def test_an_account_that_cannot_be_is_refused_beside_its_field(scene, signed_in, field, value):
    today = timezone.localdate()
    dates = {"effective_from_day": today.day, "effective_from_month": today.month, "effective_from_year": today.year}
    answers = {**GIVEN, "account_number": "00000042", **dates}
    client, address = signed_in(scene.finance), reverse("paying_account_new", args=[scene.programme.slug])
    page = client.post(address, {**answers, field: value})
    assert page.status_code == 200
    assert field in page.context["form"].errors
    assert not PayingAccount.objects.exists()
    assert client.post(address, answers).status_code == 302
    assert PayingAccount.objects.get().last_digits == "42"


def test_the_second_person_finds_it_on_their_home_page_and_confirms_it(scene, signed_in):
    account = enter(scene)
    address = reverse("paying_account", args=[scene.programme.slug, account.pk])
    assert address not in signed_in(scene.finance).get(reverse("home")).content.decode()
    assert "a second person in finance has to confirm" in signed_in(scene.finance).get(address).content.decode()
    client = signed_in(scene.finance_two)
    assert address in client.get(reverse("home")).content.decode()
    page = client.get(address).content.decode()
    assert "00-00-01" in page
    assert "00000042" in page
    assert client.post(address).status_code == 302
    assert address not in client.get(reverse("home")).content.decode()
    assert "Femi Finance" in client.get(reverse("file_settings", args=[scene.programme.slug])).content.decode()


def test_the_database_keeps_paying_accounts_as_they_were_entered(scene):
    account = enter(scene)
    confirm = "UPDATE payments_payingaccount SET confirmed_at = now(), confirmed_by_id = %s WHERE id = %s"
    refused(confirm, scene.finance.person.pk, account.pk)
    for change in (
        "sort_code = 'x'",
        "account_number = 'x'",
        "effective_from = '2020-01-01'",
        "service_user_number = ''",
    ):
        refused(f"UPDATE payments_payingaccount SET {change}")
    refused("DELETE FROM payments_payingaccount")
    setup.confirm_paying_account(account=account, by=scene.finance_two)
    refused(confirm, scene.finance_three.person.pk, account.pk)


def test_the_database_holds_no_digit_of_the_paying_account_in_the_clear(scene):
    enter(scene, sort_code="123456", account_number="87654321")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t::text FROM payments_payingaccount t UNION ALL SELECT t::text FROM payments_payingaccountevent t"
        )
        held = "\n".join(row[0] for row in cursor.fetchall())
    assert "87654321" not in held
    assert "'123456'" not in held
    assert held.count("123456") == 2, "only the Service User Number, in the row and its history"
