"""Bank details and the bank file: unreadable at rest, held until a second person checks, exact to the byte."""

import hashlib
import re
from io import StringIO

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from payments import contributions
from payments.bank_files import bacs
from payments.bank_files.actions import downloads
from payments.models import BankDetails, Payment, PaymentRun, RunFileDownload
from payments.payees import queries as payee_queries
from payments.payees.account_values import BankError
from payments.payees.actions import bank
from payments.runs.actions import runs
from payments.runs.actions.runs import RunError
from people.models import Message
from programmes.models import Role
from tests import factories
from tests.helpers.database import refused
from tests.helpers.runs import pay

GIVEN = {"account_name": "Petra Person", "sort_code": "08-99-99", "account_number": "66374958"}


def give(user, **changes):
    return bank.save(person=user.person, by=user, **{**GIVEN, **changes})


def check(scene, details, by=None, **changes):
    factories.owe(scene.programme, details.person)
    values = {"how": "Rang the number we had.", "seen": details.changed_at, **changes}
    return bank.confirm(details=details, programme=scene.programme, by=by or scene.finance_two, **values)


def signed_run(scene, claims):
    run = runs.make_run(programme=scene.programme, claims=claims, by=scene.finance)
    return runs.sign_off(run=run, by=scene.finance_two)


def everything_in(*tables):
    """Every row of the tables as text, as someone with the database file would read it."""
    with connection.cursor() as cursor:
        found = []
        for table in tables:
            cursor.execute(f"SELECT t::text FROM {table} t")
            found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found)


# Giving them


@pytest.mark.parametrize("sort_code", ["08-99-99", "08 99 99", "089999", " 08–99–99 "])
def test_a_sort_code_is_taken_as_people_write_it(scene, sort_code):
    assert give(scene.person, sort_code=sort_code).sort_code == "089999"


@pytest.mark.parametrize(("written", "kept"), [("374958", "00374958"), ("6374 958", "06374958"), ("66374958",) * 2])
def test_a_short_account_number_gets_its_zeros(scene, written, kept):
    details = give(scene.person, account_number=written)
    details.refresh_from_db()
    assert details.account_number == kept
    assert details.masked == f"•••• {kept[-2:]}"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sort_code", "08999"),
        ("sort_code", "08999x"),
        ("sort_code", "०८९९९९"),
        ("account_number", "12345"),
        ("account_number", "123456789"),
        ("account_number", "1234567a"),
        ("account_name", "’ – '"),
        ("account_name", "12 34"),
    ],
)
def test_what_cannot_be_right_is_refused_beside_its_field(scene, signed_in, field, value):
    with pytest.raises(BankError) as refusal:
        give(scene.person, **{field: value})
    assert refusal.value.field == field
    page = signed_in(scene.person).post(reverse("your_bank_change"), {**GIVEN, field: value})
    assert page.status_code == 200
    assert field in page.context["form"].errors
    assert not BankDetails.objects.exists()


def test_only_the_person_says_where_their_money_goes(scene):
    with pytest.raises(BankError, match="Only the person"):
        bank.save(person=scene.person.person, by=scene.finance, **GIVEN)


def test_numbers_of_one_digit_look_wrong_and_others_cannot_be_checked(scene):
    assert give(scene.person).checked == "cannot_check"
    assert give(scene.person, account_number="11111111", sure=True).checked == "looks_wrong"
    assert give(scene.person, sort_code="000000", sure=True).checked == "looks_wrong"


def test_the_same_details_again_change_nothing(scene):
    check(scene, give(scene.person))
    again = give(scene.person, sort_code="08 99 99")
    assert not again.is_on_hold
    assert Message.objects.filter(kind="bank_details_changed").count() == 1


def test_a_change_is_told_to_the_person_and_loses_the_check(scene):
    check(scene, give(scene.person))
    details = give(scene.person, account_number="12345678")
    assert details.is_on_hold
    assert (details.confirmed_by, details.confirmed_how) == (None, "")
    first, second = Message.objects.filter(kind="bank_details_changed").order_by("pk")
    assert first.to_address == second.to_address == scene.person.person.email
    assert "were changed" in second.subject
    for part in (second.text_body, second.html_body):
        assert "•••• 78" in part
        assert "12345678" not in part


# At rest


def test_the_database_holds_no_digit_or_name_of_an_account_in_the_clear(scene, claim_in):
    give(scene.person, account_number="12345678")
    check(scene, give(scene.person))
    signed_run(scene, [claim_in("approved")])
    held = everything_in(
        "payments_bankdetails", "payments_bankdetailsevent", "payments_payment", "payments_paymentevent"
    )
    for secret in ("66374958", "374958", "089999", "12345678"):
        assert secret not in held
    with connection.cursor() as cursor:
        cursor.execute("SELECT account_name, sort_code, account_number FROM payments_bankdetails")
        written = cursor.fetchone()
    assert all(value.startswith("gAAAA") for value in written)
    assert len(set(written)) == 3


def test_history_says_who_changed_the_details_but_not_what_they_were(scene):
    check(scene, give(scene.person))
    events = BankDetails.history.rel.related_model.objects.order_by("pgh_id")
    assert [event.pgh_label for event in events] == ["insert", "update"]
    kept = {field.name for field in events.model._meta.get_fields()}
    assert not kept & {"account_name", "sort_code", "account_number", "account_index"}
    assert {"changed_by", "confirmed_by"} <= kept


def test_an_encrypted_field_cannot_be_looked_up(scene):
    with pytest.raises(FieldError, match="encrypted"):
        BankDetails.objects.filter(sort_code="089999")


def test_keys_are_changed_without_losing_or_changing_anything(scene, claim_in, settings):
    check(scene, give(scene.person))
    run = signed_run(scene, [claim_in("approved")])
    before = b"".join(bacs.BankFile(run))
    events = BankDetails.history.rel.related_model.objects.count()
    old, new = settings.FIELD_ENCRYPTION_KEYS[0], Fernet.generate_key().decode()
    settings.FIELD_ENCRYPTION_KEYS = [new, old]
    other = give(factories.with_role(scene.programme, Role.LIVED_EXPERIENCE))
    # Found although the first one's fingerprint is still under the old key.
    assert [each.full_name for each in payee_queries.others_with_the_account(other, scene.programme)] == [
        "Petra Person"
    ]
    said = StringIO()
    call_command("rotate_keys", stdout=said)
    assert "payments.BankDetails: 2 rows" in said.getvalue()
    settings.FIELD_ENCRYPTION_KEYS = [new]
    assert b"".join(bacs.BankFile(run)) == before
    details = BankDetails.objects.get(person=scene.person.person)
    assert (details.sort_code, details.account_number, details.is_on_hold) == ("089999", "66374958", False)
    assert details.account_index == other.account_index
    assert BankDetails.history.rel.related_model.objects.count() == events + 1
    settings.FIELD_ENCRYPTION_KEYS = [old]
    with pytest.raises(InvalidToken):
        BankDetails.objects.get(pk=details.pk)


# Checking them


def test_nobody_checks_their_own_details(scene):
    own = give(scene.finance)
    factories.a_claim(scene.programme, scene.finance.person, "submitted", policy=scene.policy)
    with pytest.raises(BankError, match="your own"):
        check(scene, own, by=scene.finance)
    check(scene, own, by=scene.finance_two)


@pytest.mark.parametrize("who", ["staff", "steering", "administrator", "finance_elsewhere", "stranger", "person"])
def test_only_finance_of_the_programme_checks_details(scene, who):
    details = give(scene.person)
    with pytest.raises(BankError, match="Only finance"):
        check(scene, details, by=getattr(scene, who))
    assert BankDetails.objects.get().is_on_hold


def test_finance_of_a_programme_that_owes_them_nothing_cannot_check_or_see_them(scene, signed_in):
    details = give(scene.person)
    # Being in the programme is not enough.
    factories.with_role(scene.other, Role.LIVED_EXPERIENCE, user=scene.person)
    factories.a_claim(scene.other, scene.person.person, "submitted")
    with pytest.raises(BankError, match="owes this person no money"):
        bank.confirm(
            details=details, programme=scene.other, by=scene.finance_elsewhere, how="Rang.", seen=details.changed_at
        )
    address = reverse("bank_details_confirm", args=[scene.other.slug, details.pk])
    assert signed_in(scene.finance_elsewhere).get(address).status_code == 404


def test_details_that_changed_meanwhile_are_not_checked_by_mistake(scene, signed_in):
    details = give(scene.person)
    factories.owe(scene.programme, scene.person.person)
    client = signed_in(scene.finance)
    address = reverse("bank_details_confirm", args=[scene.programme.slug, details.pk])
    seen = client.get(address).context["form"]["seen"].value()
    give(scene.person, account_number="12345678")
    page = client.post(address, {"how": "Rang them", "seen": seen})
    assert "changed while you had this page open" in page.content.decode()
    assert BankDetails.objects.get().is_on_hold
    seen = client.get(address).context["form"]["seen"].value()
    assert client.post(address, {"how": "Rang them", "seen": seen}).status_code == 302
    details.refresh_from_db()
    assert (details.is_on_hold, details.confirmed_by, details.confirmed_how) == (
        False,
        scene.finance.person,
        "Rang them",
    )
    with pytest.raises(BankError, match="already"):
        check(scene, details)


def test_the_database_refuses_a_check_by_the_person_or_the_one_who_changed_them(scene):
    details = give(scene.person)
    confirm = "UPDATE payments_bankdetails SET confirmed_at = now() + interval '1 hour', confirmed_how = 'x'"
    refused(f"{confirm}, confirmed_by_id = %s", scene.person.person.pk)
    refused(f"{confirm}, confirmed_by_id = %s, changed_by_id = %s", scene.finance.person.pk, scene.finance.person.pk)
    refused(confirm)
    refused("UPDATE payments_bankdetails SET confirmed_by_id = %s", scene.finance.person.pk)
    refused(
        "UPDATE payments_bankdetails SET confirmed_at = changed_at - interval '1 day', confirmed_how = 'x',"
        " confirmed_by_id = %s",
        scene.finance.person.pk,
    )
    check(scene, details)
    refused("UPDATE payments_bankdetails SET account_index = %s", "0" * 64)
    refused("UPDATE payments_bankdetails SET last_digits = '00'")
    refused("UPDATE payments_bankdetails SET person_id = %s", scene.staff.person.pk)


def test_only_finance_sees_more_than_two_digits(scene, signed_in, claim_in):
    details = check(scene, give(scene.person))
    run = signed_run(scene, [claim_in("approved")])
    whole = reverse("bank_details_confirm", args=[scene.programme.slug, details.pk])
    page = signed_in(scene.finance).get(whole).content.decode()
    assert "66374958" in page
    assert "08-99-99" in page
    addresses = [
        whole,
        reverse("bank_details", args=[scene.programme.slug]),
        reverse("your_bank"),
        reverse("your_bank_change"),
        reverse("your_details"),
        reverse("payment_run", args=[run.pk]),
        reverse("person", args=[scene.person.person.pk]),
        reverse("admin:payments_payment_change", args=[run.payments.get().pk]),
    ]
    for who in ("person", "staff", "steering", "administrator", "finance_elsewhere", "stranger"):
        client = signed_in(getattr(scene, who))
        for address in addresses:
            content = client.get(address).content.decode()
            assert "66374958" not in content, (who, address)
            assert "08-99-99" not in content.replace("like 08-99-99", ""), (who, address)
    assert "•••• 58" in signed_in(scene.person).get(reverse("your_bank")).content.decode()


def test_finance_is_told_of_details_to_check_and_of_an_account_two_people_gave(scene, signed_in):
    first = give(scene.person)
    second = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Quentin Second")
    give(second)
    give(scene.stranger)
    assert contributions.tasks(scene.finance) == []
    for user in (scene.person, second):
        factories.a_claim(scene.programme, user.person, "approved", policy=scene.policy)
    titles = [task.title for task in contributions.tasks(scene.finance)]
    assert "Bank details of 2 people to check" in titles
    assert contributions.tasks(scene.finance_elsewhere) == []
    page = signed_in(scene.finance).get(reverse("bank_details_confirm", args=[scene.programme.slug, first.pk]))
    assert page.context["same_account"] == ["Quentin Second"]
    assert "The same account was given by: Quentin Second." in page.content.decode()


def test_the_list_of_bank_details_asks_the_same_questions_for_3_and_30(scene, signed_in):
    client, counts = signed_in(scene.finance), []
    address = reverse("bank_details", args=[scene.programme.slug])
    for more in (3, 27):
        for _number in range(more):
            user = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE)
            give(user)
            factories.owe(scene.programme, user.person)
        with CaptureQueriesContext(connection) as queries_asked:
            assert client.get(address).status_code == 200
        counts.append(len(queries_asked))
    assert counts[0] == counts[1]


def test_the_pages_of_bank_details_lead_back_and_belong_to_payments(scene, signed_in):
    details = give(scene.person)
    factories.owe(scene.programme, scene.person.person)
    listed = reverse("bank_details", args=[scene.programme.slug])
    page = signed_in(scene.finance).get(reverse("bank_details_confirm", args=[scene.programme.slug, details.pk]))
    assert f'<a class="govuk-link" href="{listed}">Cancel</a>' in page.content.decode()
    assert 'aria-current="page">Payments' in " ".join(page.content.decode().split())
    page = signed_in(scene.person).get(reverse("your_bank_change")).content.decode()
    assert f'<a class="govuk-link" href="{reverse("your_bank")}">Cancel</a>' in page


# Holding payments


def test_nobody_is_paid_while_their_details_wait_to_be_checked(scene, claim_in, signed_in):
    claim, details = claim_in("approved"), give(scene.person)
    other = claim_in("approved", user=factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Quentin Second"))
    with pytest.raises(RunError, match="Petra Person"):
        runs.make_run(programme=scene.programme, claims=[claim, other], by=scene.finance)
    assert not PaymentRun.objects.exists()
    page = signed_in(scene.finance).get(reverse("payment_run_new", args=[scene.programme.slug])).content.decode()
    assert "Bank details are new or changed, and not checked yet." in page
    assert f'value="{claim.pk}"' not in page
    assert f'value="{other.pk}"' in page
    check(scene, details)
    runs.make_run(programme=scene.programme, claims=[claim, other], by=scene.finance)


def test_details_that_change_after_the_run_was_made_stop_the_sign_off_until_checked(scene, claim_in):
    check(scene, give(scene.person))
    run = runs.make_run(programme=scene.programme, claims=[claim_in("approved")], by=scene.finance)
    details = give(scene.person, account_number="12345678")
    with pytest.raises(RunError, match="Petra Person"):
        runs.sign_off(run=run, by=scene.finance_two)
    check(scene, details)
    runs.sign_off(run=run, by=scene.finance_two)
    assert run.payments.get().account_number == "12345678"


def ways_on(page):
    """How many payments go which way, as the page of a run says."""
    table = page.split("Where it goes</caption>")[1].split("<tfoot")[0]
    return dict(re.findall(r'govuk-table__header">([^<]+)</th><td[^>]*>(\d+)</td>', table))


def test_who_gave_no_details_is_paid_another_way_and_the_run_says_how_many(scene, claim_in, signed_in):
    check(scene, give(scene.person))
    second = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Quentin Second")
    claims = [claim_in("approved"), claim_in("approved", user=second)]
    run = runs.make_run(programme=scene.programme, claims=claims, by=scene.finance)
    client, address = signed_in(scene.finance), reverse("payment_run", args=[run.pk])
    assert ways_on(client.get(address).text) == {"To the bank, by bank file": "1", "Money another way": "1"}
    assert reverse("bank_file", args=[run.pk]) not in client.get(address).content.decode()
    runs.sign_off(run=run, by=scene.finance_two)
    page = client.get(address).content.decode()
    assert ways_on(page) == {"To the bank, by bank file": "1", "Money another way": "1"}
    assert "•••• 58" in page
    assert reverse("bank_file", args=[run.pk]) in page
    assert dict(run.payments.values_list("person__full_name", "method")) == {
        "Petra Person": "bank",
        "Quentin Second": "other",
    }


def test_a_signed_run_keeps_the_account_it_was_signed_with(scene, claim_in):
    check(scene, give(scene.person))
    run = signed_run(scene, [claim_in("approved")])
    give(scene.person, account_number="12345678")
    assert run.payments.get().account_number == "66374958"
    refused("UPDATE payments_payment SET account_number = 'x' WHERE run_id = %s", run.pk)
    refused("UPDATE payments_payment SET method = 'other' WHERE run_id = %s", run.pk)


def test_a_payment_by_bank_has_an_account_and_one_another_way_has_none(scene, claim_in):
    run = runs.make_run(programme=scene.programme, claims=[claim_in("approved")], by=scene.finance)
    refused("UPDATE payments_payment SET method = 'bank' WHERE run_id = %s", run.pk)
    refused("UPDATE payments_payment SET sort_code = 'x' WHERE run_id = %s", run.pk)


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
    assert "pays everyone twice" in page
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
            method=Payment.Method.BANK,
            **account,
        )
        for number in range(1, bacs.CHUNK + 2)
    )
    file = bacs.BankFile(run)
    pieces = list(file)
    assert [piece.count(b"\r\n") for piece in pieces] == [bacs.CHUNK, 1]
    assert file.count == bacs.CHUNK + 1
    assert file.total_pence == sum(range(1, bacs.CHUNK + 2))
