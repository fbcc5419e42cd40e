"""The account beside the person on a run's page: new or changed, who checked it and how, whose name it bears."""

import datetime as dt

import pytest
from django.db import InternalError, transaction
from django.db.utils import IntegrityError
from django.utils import timezone

from payments import contributions
from payments.bank_files import rules as bank_file_rules
from payments.bank_files.actions import downloads
from payments.models import BankConfirmation, BankDetails, MethodChoice
from payments.payees import account_values, names
from payments.payees.actions import bank
from payments.runs import documents as run_documents
from payments.runs.actions import runs
from payments.runs.actions.runs import RunError
from people.models import Person
from programmes.models import Appointment, Membership, Role
from tests import factories
from tests.helpers.run_files import give_checked_details
from tests.helpers.runs import a_running_job, pay


def shown(client, run, query=""):
    return " ".join(client.get(run.get_absolute_url() + query).text.split())


def a_run(scene, claim_in, *users):
    claims = [claim_in("approved", user=user) for user in users]
    return runs.make_run(programme=scene.programme, claims=claims, by=scene.finance)


def test_a_first_payment_says_so_with_who_checked_the_account_and_how(scene, claim_in, signed_in):
    give_checked_details(scene, scene.person)
    page = shown(signed_in(scene.finance_two), a_run(scene, claim_in, scene.person))
    assert "1 account is new or changed since that person's last payment." in page
    assert "First payment to this person. Account given on" in page
    assert "Checked by Femi Finance," in page
    assert "Rang them." in page


def test_an_account_is_flagged_until_its_payment_was_made(scene, claim_in, signed_in):
    give_checked_details(scene, scene.person)
    run, client = a_run(scene, claim_in, scene.person), signed_in(scene.finance_two)
    assert "Check account" in shown(client, run)
    pay(scene, run)
    assert "Check account" not in shown(client, run)


def test_an_account_that_was_paid_before_is_not_named_until_it_changes(scene, claim_in, signed_in):
    give_checked_details(scene, scene.person)
    pay(scene, a_run(scene, claim_in, scene.person))
    client = signed_in(scene.finance_two)
    second = a_run(scene, claim_in, scene.person)
    assert "new or changed since" not in shown(client, second)
    runs.cancel(run=second, by=scene.finance)
    give_checked_details(scene, scene.person, account_number="66374959", sure=True)
    third = a_run(scene, claim_in, scene.person)
    page = shown(client, third)
    assert "1 account is new or changed" in page
    assert "since the last payment." in page
    runs.sign_off(run=third, by=scene.finance_two)
    bank.save(
        person=scene.person.person,
        by=scene.person,
        account_name="P",
        sort_code="089999",
        account_number="12345678",
        sure=True,
    )
    assert "after this run was signed: the money goes to the account before" in shown(client, third)


def test_the_page_can_show_the_new_and_changed_accounts_alone(scene, claim_in, signed_in):
    second = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Quentin Second")
    give_checked_details(scene, scene.person)
    pay(scene, a_run(scene, claim_in, scene.person))
    give_checked_details(scene, second)
    run = a_run(scene, claim_in, scene.person, second)
    client = signed_in(scene.finance_two)
    page = client.get(run.get_absolute_url() + "?accounts=new")
    assert [row.payment.person.full_name for row in page.context["page"].payments] == ["Quentin Second"]
    assert len(client.get(run.get_absolute_url()).context["page"].payments) == 2


def test_a_name_that_differs_and_a_changed_address_are_said(scene, claim_in, signed_in):
    give_checked_details(scene, scene.person, account_name="Mallory Invented")
    person = scene.person.person
    person.email, person.address_changed_at = "new@example.org", timezone.now()
    person.save()
    page = shown(signed_in(scene.finance_two), a_run(scene, claim_in, scene.person))
    assert "The name on the account is another: Mallory Invented." in page
    assert "Their email address changed on" in page
    assert "Bank details cannot change until" in page


@pytest.mark.parametrize(
    ("on_account", "full_name", "same"),
    [
        ("Petra Person", "Petra Person", True),
        ("MS P PERSON", "Petra Person", True),
        ("Person", "Petra Person", True),
        ("Mr Q & Mrs P Person", "Petra Person", True),
        ("P. Featherstone-Haugh", "Petra Featherstone-Haugh", True),
        ("Siân O’Brien", "Siân O’Brien", True),
        ("Quentin Person", "Petra Person", False),
        ("Petra Other", "Petra Person", False),
        ("Mallory", "Petra Person", False),
        ("", "Petra Person", False),
    ],
)
def test_a_name_on_an_account_is_compared_as_banks_write_it(on_account, full_name, same):
    assert names.same_name(on_account, full_name) == same


# Finance of each programme confirms for itself


def test_what_another_programmes_finance_confirmed_does_not_count_here(scene, claim_in):
    factories.owe(scene.programme, scene.person.person)
    details = factories.bank_details(scene.person)
    factories.confirm_bank_details(details, scene.finance_elsewhere.person, [scene.other])
    with pytest.raises(RunError, match="finance of this programme"):
        a_run(scene, claim_in, scene.person)
    bank.confirm(details=details, programme=scene.programme, by=scene.finance_two, how="Rang.", seen=details.changed_at)
    a_run(scene, claim_in, scene.person)


def test_postgres_refuses_to_sign_a_run_for_an_account_its_own_finance_has_not_confirmed(scene, claim_in):
    details = factories.bank_details(scene.person)
    factories.confirm_bank_details(details, scene.finance_two.person, [scene.programme])
    run = a_run(scene, claim_in, scene.person)
    BankDetails.objects.filter(pk=details.pk).update(on_hold_since=timezone.now())
    account = {"account_name": "P", "sort_code": "089999", "account_number": "66374958", "account_digits": "58"}
    run.payments.update(method="bank", **account)
    with pytest.raises(InternalError, match="has not confirmed an account"), transaction.atomic():
        type(run).objects.filter(pk=run.pk).update(
            status="signed", signed_by=scene.finance_two.person, signed_at=timezone.now()
        )


def test_postgres_keeps_confirmations_and_refuses_ones_own(scene):
    details = factories.bank_details(scene.finance)
    factories.confirm_bank_details(details, scene.finance_two.person, [scene.programme])
    with pytest.raises(InternalError), transaction.atomic():
        BankConfirmation.objects.update(how="Never")
    with pytest.raises(InternalError), transaction.atomic():
        BankConfirmation.objects.all().delete()
    row = {"bank_details": details, "programme": scene.programme}
    with pytest.raises(InternalError, match="second person"), transaction.atomic():
        BankConfirmation.objects.create(**row, confirmed_by=scene.finance.person, how="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        BankConfirmation.objects.create(**row, confirmed_by=scene.finance_two.person, how="")


# Somebody new in finance


@pytest.fixture
def newcomer(scene):
    """Somebody who was confirmed as finance of the programme a minute ago."""
    user = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Nell Newcomer")
    at = timezone.now() - dt.timedelta(minutes=1)
    appointment = Appointment.objects.create(
        person=user.person,
        programme=scene.programme,
        role=Role.FINANCE,
        proposed_by=scene.staff.person,
        status="confirmed",
        way="finance",
        decided_by=scene.finance.person,
        decided_at=at,
    )
    Membership.objects.create(person=user.person, programme=scene.programme, role=Role.FINANCE, appointment=appointment)
    return user


def test_somebody_new_in_finance_confirms_signs_and_downloads_nothing(scene, claim_in, newcomer, signed_in):
    details = factories.bank_details(scene.person)
    claim = claim_in("approved")
    with pytest.raises(account_values.BankError, match="You are new in finance"):
        bank.confirm(details=details, programme=scene.programme, by=newcomer, how="Rang.", seen=details.changed_at)
    factories.confirm_bank_details(details, scene.finance_two.person)
    run = runs.make_run(programme=scene.programme, claims=[claim], by=scene.finance)
    with pytest.raises(RunError, match=r"You are new in finance.*Femi Finance"):
        runs.sign_off(run=run, by=newcomer)
    page = signed_in(newcomer).get(run.get_absolute_url()).text
    assert "Sign off this run" not in page
    assert "You are new in finance" in page
    runs.sign_off(run=run, by=scene.finance_two)
    with pytest.raises(account_values.BankError, match="You are new in finance"):
        downloads.download(run=run, by=newcomer)
    account = factories.a_paying_account(scene.programme, set_by=scene.finance.person)
    assert "You are new in finance" in bank_file_rules.can_confirm_paying_account(newcomer, account).why_not


def test_postgres_refuses_what_somebody_new_in_finance_signs_confirms_and_downloads(scene, claim_in, newcomer):
    details = give_checked_details(scene, scene.person)
    run = a_run(scene, claim_in, scene.person)
    run.payments.update(said_how="By hand")
    now = timezone.now()
    with pytest.raises(InternalError, match="somebody new in finance"), transaction.atomic():
        type(run).objects.filter(pk=run.pk).update(status="signed", signed_by=newcomer.person, signed_at=now)
    with pytest.raises(InternalError, match="somebody new in finance"), transaction.atomic():
        BankConfirmation.objects.create(
            bank_details=details, programme=scene.programme, confirmed_by=newcomer.person, how="x"
        )
    runs.sign_off(run=run, by=scene.finance_two)
    with pytest.raises(InternalError, match="somebody new in finance"), transaction.atomic():
        run.bank_downloads.create(by=newcomer.person, sha256="0" * 64, payments_count=1, total_pence=1)
    later = now + dt.timedelta(hours=73)
    run.bank_downloads.create(by=newcomer.person, at=later, sha256="0" * 64, payments_count=1, total_pence=1)


def test_an_open_run_says_nothing_of_the_account_of_who_wants_a_cheque(scene, claim_in, signed_in):
    give_checked_details(scene, scene.person)
    MethodChoice.objects.filter(person=scene.person.person).update(method="cheque", said_how="")
    Person.objects.filter(pk=scene.person.person.pk).update(postal_address="1 Invented Street\nOtterby")
    page = shown(signed_in(scene.finance_two), a_run(scene, claim_in, scene.person))
    assert "First payment to this person" not in page
    assert "new or changed since" not in page


@pytest.mark.parametrize("status", ["signed", "paid"])
def test_the_task_of_a_run_names_what_has_yet_to_be_paid(scene, claim_in, status):
    other = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Chan Cheque")
    factories.move_address(other.person, "chan@example.org")
    MethodChoice.objects.filter(person=other.person).update(method="cheque", said_how="")
    Person.objects.filter(pk=other.person.pk).update(postal_address="1 Invented Street\nOtterby")
    users = [other] if status == "signed" else [other, scene.person]
    if status == "paid":
        give_checked_details(scene, scene.person)
    run = runs.sign_off(run=a_run(scene, claim_in, *users), by=scene.finance_two)
    run_documents.make_for_run(a_running_job(run))
    [task] = contributions._runs_under_way(scene.finance, {scene.programme.pk: scene.programme})
    if status == "signed":
        assert task.title == f"Pay run {run.reference}, £50.00, and record what was paid: cheque"
        return
    assert task.title == f"Pay run {run.reference} and mark it as paid: £100.00"
    downloads.download(run=run, by=scene.finance)
    runs.mark_paid(run=run, by=scene.finance, on=timezone.localdate())
    [task] = contributions._runs_under_way(scene.finance, {scene.programme.pk: scene.programme})
    assert task.title == f"Record what was paid of payment run {run.reference}: cheque"
