"""The columns of the bank file: set by finance, seen with invented people first, kept with each download."""

import datetime as dt

import pytest
import time_machine
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.urls import reverse

from payments.bank_files import bacs, registry
from payments.bank_files import columns as bank_file_columns
from payments.bank_files.actions import downloads, setup
from payments.bank_files.columns import BankFileColumn, Layout
from payments.bank_files.layouts import FileSettingsError
from payments.bank_files.registry import FileNotReadyError
from payments.models import BankFileFormat, RunFileDownload
from payments.shared import bank_text
from programmes.models import Role
from tests import factories
from tests.helpers.run_files import give_checked_details, signed

PRESETS = {preset.key: preset.layout for preset in bank_file_columns.PRESETS}
DAY = dt.date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _on_a_monday():
    with time_machine.travel(dt.datetime(2026, 11, 23, 10, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def account(scene):
    return factories.a_paying_account(scene.programme, scene.finance.person, scene.finance_two.person)


@pytest.fixture
def run(scene, claim_in):
    user = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Siân O’Brien")
    give_checked_details(scene, user, sort_code="08-99-99", account_number="374958")
    return signed(scene, [claim_in("approved", user=user, amount_pence=1250)])


def content(run, layout, **more):
    return b"".join(bacs.BankFile(run, layout, **more)).decode("ascii")


@pytest.mark.parametrize(
    ("preset", "expected"),
    [
        ("plain", "089999,00374958,SIAN OBRIEN,12.50,{ref}\r\n"),
        ("autopay", "{ref},SIAN OBRIEN,00374958,089999,26328,99,12.50\r\n"),
        (
            "paygate",
            "089999,00374958,SIAN OBRIEN,12.50,99,000001,00000042,WELLBEING INVENTED,{ref},24/11/2026\r\n",
        ),
        (
            "person",
            "Payee type,Name on the account,Sort code,Account number,Amount,Reference\r\n"
            "Personal,Sian OBrien,089999,00374958,12.50,{ref}\r\n",
        ),
    ],
)
def test_each_preset_is_right_to_the_byte(run, account, preset, expected):
    reference = run.payments.get().reference
    assert content(run, PRESETS[preset], day=DAY, account=account) == expected.format(ref=reference)


def test_paygate_style_has_the_ten_columns_it_publishes():
    assert [column.content for column in PRESETS["paygate"].columns] == [
        "sort_code",
        "account_number",
        "name",
        "amount",
        "fixed",
        "own_sort_code",
        "own_account_number",
        "own_name",
        "reference",
        "date",
    ]


@pytest.mark.parametrize(
    ("date_format", "written"),
    [
        ("yyddd", "26328"),
        ("ddmmyy", "241126"),
        ("ddmmyyyy", "24112026"),
        ("dd/mm/yyyy", "24/11/2026"),
        ("yyyy-mm-dd", "2026-11-24"),
    ],
)
def test_dates_and_pence_are_written_as_asked(run, date_format, written):
    columns = (
        BankFileColumn("date"),
        BankFileColumn("amount"),
        BankFileColumn("empty"),
        BankFileColumn("account_number"),
        BankFileColumn("sort_code"),
    )
    layout = Layout(columns, amount=bank_file_columns.PENCE, date_format=date_format)
    assert content(run, layout, day=DAY) == f"{written},1250,,00374958,089999\r\n"
    assert [key for key, _label in bank_file_columns.DATE_FORMATS] == list(bank_file_columns.STRFTIME)


@pytest.mark.parametrize(
    ("name", "in_the_file"),
    [
        ("Siân O’Brien-Łukasz", "Sian OBrien-Lukasz"),
        ("=cmd|' /C calc'!A0", "cmd /C calc A0"),
        ("Groß\r\nZoë", "Gross Zoe"),
        ("Wilhelmina Featherstonehaugh", "Wilhelmina Feather"),
    ],
)
def test_a_name_not_in_capitals_is_still_what_a_bank_takes(name, in_the_file):
    assert bank_text.bank_text(name, capitals=False) == in_the_file


def test_a_programme_uses_the_columns_set_last_and_the_plain_ones_before(scene, run):
    assert registry.bank_layout(scene.programme) == bank_file_columns.USUAL
    for preset in ("autopay", "person"):
        setup.set_bank_layout(programme=scene.programme, by=scene.finance, layout=PRESETS[preset])
    assert registry.bank_layout(scene.programme) == PRESETS["person"]
    assert registry.bank_layout(scene.other) == bank_file_columns.USUAL


@pytest.mark.parametrize(
    ("layout", "why", "field"),
    [
        (Layout(()), "Sort code, Account number, Amount", None),
        (Layout((BankFileColumn("sort_code"), BankFileColumn("amount"))), "Account number", None),
        (Layout((*bank_file_columns.USUAL.columns, BankFileColumn("fixed", "=1+1"))), "letters A to Z", "column5-text"),
        (Layout((*bank_file_columns.USUAL.columns, BankFileColumn("fixed"))), "letters A to Z", "column5-text"),
        (
            Layout((BankFileColumn("name", heading="a,b"), *bank_file_columns.USUAL.columns)),
            "heading",
            "column0-heading",
        ),
    ],
)
def test_columns_that_could_pay_nobody_are_refused(scene, layout, why, field):
    with pytest.raises(FileSettingsError, match=why) as refusal:
        setup.set_bank_layout(programme=scene.programme, by=scene.finance, layout=layout)
    assert refusal.value.field == field
    assert not BankFileFormat.objects.exists()


@pytest.mark.parametrize("who", ["staff", "administrator", "finance_elsewhere", "person"])
def test_only_finance_sets_columns_and_codes(scene, who):
    by = getattr(scene, who)
    with pytest.raises(FileSettingsError, match="Only finance"):
        setup.set_bank_layout(programme=scene.programme, by=by, layout=bank_file_columns.USUAL)
    with pytest.raises(FileSettingsError, match="Only finance"):
        setup.set_journal_layout(programme=scene.programme, by=by, package="generic", codes={})


def test_columns_once_set_are_kept(scene):
    setup.set_bank_layout(programme=scene.programme, by=scene.finance, layout=bank_file_columns.USUAL)
    for sql in ("UPDATE payments_bankfileformat SET headings = true", "DELETE FROM payments_bankfileformat"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


# On the pages


def answers_for(layout, **changes):
    """Return what a browser sends for `layout`."""
    answers = {"amount": layout.amount, "date_format": layout.date_format}
    answers |= {name: "on" for name in ("headings", "capitals") if getattr(layout, name)}
    for place, column in enumerate(layout.columns):
        for name, value in vars(column).items():
            answers[f"column{place}-{name}"] = value
    return {**answers, **changes}


def test_the_preview_shows_invented_people_and_changes_nothing(scene, signed_in):
    client, address = signed_in(scene.finance), reverse("bank_layout", args=[scene.programme.slug])
    page = client.post(address, answers_for(PRESETS["autopay"], preview="yes"))
    assert page.status_code == 200
    preview = page.context["preview"].splitlines()
    assert preview == [
        "INVENTED0001,SIAN INVENTED-EXAM,00000011,000000,26328,99,75.00",
        "INVENTED0002,BO NOBODY,00000012,000000,26328,99,12.50",
    ]
    assert not BankFileFormat.objects.exists()
    assert client.post(address, answers_for(PRESETS["autopay"])).status_code == 302
    assert BankFileFormat.objects.get().terms == PRESETS["autopay"]


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_fills_the_form_and_can_be_saved_as_it_is(scene, signed_in, preset):
    client, address = signed_in(scene.finance), reverse("bank_layout", args=[scene.programme.slug])
    page = client.get(f"{address}?preset={preset}")
    shown = [form["content"].value() or "" for form in page.context["column_forms"]]
    assert [content for content in shown if content] == [column.content for column in PRESETS[preset].columns]
    assert client.post(address, answers_for(PRESETS[preset])).status_code == 302
    assert registry.bank_layout(scene.programme) == PRESETS[preset]


def test_a_faulty_text_is_told_beside_its_column_and_nothing_typed_is_lost(scene, signed_in):
    answers = answers_for(bank_file_columns.USUAL, **{"column7-content": "fixed", "column7-text": "a,b"})
    page = signed_in(scene.finance).post(reverse("bank_layout", args=[scene.programme.slug]), answers)
    assert page.status_code == 200
    forms = page.context["column_forms"]
    assert [place for place, form in enumerate(forms) if form.errors] == [7]
    assert forms[7]["text"].value() == "a,b"
    assert page.context["preview"] is None
    assert "Error:" in page.content.decode()


def test_the_download_has_the_columns_and_keeps_which_they_were(scene, run, account, signed_in):
    setup.set_bank_layout(programme=scene.programme, by=scene.finance, layout=PRESETS["paygate"])
    client, address = signed_in(scene.finance), reverse("bank_file", args=[run.pk])
    page = client.get(address)
    assert "Your account number" in page.content.decode()
    refusal = client.post(address, {"day_day": "28", "day_month": "11", "day_year": "2026"})
    assert "day" in refusal.context["form"].errors
    response = client.post(address, {"day_day": "24", "day_month": "11", "day_year": "2026"})
    assert b"".join(response.streaming_content).decode().endswith(",24/11/2026\r\n")
    record = RunFileDownload.objects.get()
    assert [column["content"] for column in record.made_with["columns"]][:2] == ["sort_code", "account_number"]
    assert record.made_with["account"] == account.pk
    setup.set_bank_layout(programme=scene.programme, by=scene.finance, layout=bank_file_columns.USUAL)
    assert registry.file_of(run, record.kind, record.made_with).exhaust().sha256 == record.sha256
    # No number of an account is kept with it.
    assert "00000042" not in str(record.made_with)


def test_a_day_is_asked_for_only_where_a_column_has_it(scene, run, signed_in):
    address = reverse("bank_file", args=[run.pk])
    assert "day" not in signed_in(scene.finance).get(address).context["form"].fields
    setup.set_bank_layout(programme=scene.programme, by=scene.finance, layout=PRESETS["autopay"])
    assert "day" in signed_in(scene.finance).get(address).context["form"].fields
    downloads.download(run=run, by=scene.finance, day=dt.date(2026, 11, 23))


def test_columns_of_the_paying_account_wait_for_one(scene, run, signed_in):
    setup.set_bank_layout(programme=scene.programme, by=scene.finance, layout=PRESETS["paygate"])
    page = signed_in(scene.finance).get(reverse("bank_file", args=[run.pk])).content.decode()
    assert "Your columns name the account you pay from" in page
    with pytest.raises(FileNotReadyError, match="the account you pay from"):
        downloads.download(run=run, by=scene.finance, day=DAY)


def test_a_download_from_before_there_were_columns_can_still_be_made_again(scene, run):
    assert registry.file_of(run, "bank_file", {}).exhaust().sha256 == bacs.BankFile(run).exhaust().sha256
