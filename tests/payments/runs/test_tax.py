"""How payments are taxed: decided by finance with a note, from a day, for one person in one programme."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from payments.approval.actions import decisions
from payments.bank_files.actions import downloads
from payments.claims.actions import sending
from payments.models import TaxTreatment
from payments.payees.actions import tax
from payments.payees.actions.tax import TaxError
from payments.runs.actions import runs
from programmes.models import Role
from tests import factories

pytestmark = pytest.mark.django_db
PAYROLL, NONE = TaxTreatment.Treatment.PAYROLL, TaxTreatment.Treatment.NONE


def decide(scene, treatment=PAYROLL, days=-30, **changes):
    values = {
        "person": scene.person.person,
        "programme": scene.programme,
        "by": scene.finance,
        "treatment": treatment,
        "effective_from": timezone.localdate() + dt.timedelta(days=days),
        "note": "Our payroll adviser, by e-mail.",
        **changes,
    }
    return tax.decide(**values)


def approved(scene, days=-5, **fields):
    """A claim of half a day and £10 of parking, approved as people approve claims."""
    day = timezone.localdate() + dt.timedelta(days=days)
    claim = factories.a_claim(scene.programme, scene.person.person, policy=scene.policy, activity_date=day, **fields)
    claim.lines.create(
        category="expense", expense_kind="mileage", description="Home", on=day, miles=25, amount_pence=1000
    )
    sending.submit(claim=claim, by=scene.person)
    return decisions.approve(claim=claim, by=scene.staff, duplicate_reason="Two meetings on one day.")


def test_the_fee_goes_through_payroll_and_expenses_never_do(scene):
    decide(scene)
    claim = approved(scene)
    assert (claim.approved_pence, claim.money_pence, claim.payroll_pence) == (6000, 1000, 5000)


def test_what_held_on_the_day_of_the_activity_decides(scene):
    decide(scene, PAYROLL, days=-30)
    decide(scene, NONE, days=-3)
    assert approved(scene, days=-40).payroll_pence == 0
    assert approved(scene, days=-20).payroll_pence == 5000
    assert approved(scene, days=-2).payroll_pence == 0


def test_of_two_decisions_for_one_day_the_later_one_holds_and_what_was_agreed_stays(scene):
    decide(scene)
    before = approved(scene)
    decide(scene, NONE)
    assert approved(scene).payroll_pence == 0
    before.refresh_from_db()
    assert before.payroll_pence == 5000


def test_it_holds_for_this_person_in_this_programme_alone(scene):
    factories.with_role(scene.other, Role.LIVED_EXPERIENCE, user=scene.person)
    finance = factories.with_role(scene.other, Role.FINANCE, "Fern Finance")
    decide(scene, programme=scene.other, by=finance)
    second = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Quentin Second")
    decide(scene, person=second.person)
    assert approved(scene).payroll_pence == 0


def test_payroll_stands_apart_in_the_run_and_never_in_the_bank_file(scene):
    factories.bank_details(scene.person, confirmed_by=scene.finance_three.person)
    decide(scene)
    run = runs.make_run(programme=scene.programme, claims=[approved(scene)], by=scene.finance)
    run = runs.sign_off(run=run, by=scene.finance_two)
    payment = run.payments.get()
    assert (payment.amount_pence, payment.payroll_pence) == (1000, 5000)
    assert downloads.download(run=run, by=scene.finance).total_pence == 1000


@pytest.mark.parametrize("who", ["staff", "steering", "person", "administrator", "finance_elsewhere", "stranger"])
def test_only_finance_of_the_programme_decides(scene, who):
    with pytest.raises(TaxError, match="Only finance"):
        decide(scene, by=getattr(scene, who))


def test_nobody_decides_about_themselves_or_about_strangers_or_without_a_note(scene):
    factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, user=scene.finance)
    with pytest.raises(TaxError, match="your own payments"):
        decide(scene, person=scene.finance.person)
    with pytest.raises(TaxError, match="not paid in this programme"):
        decide(scene, person=scene.stranger.person)
    with pytest.raises(TaxError) as refusal:
        decide(scene, note=" ")
    assert refusal.value.field == "note"


def test_postgres_keeps_decisions_and_refuses_ones_own(scene):
    made = decide(scene)
    for sql in (
        f"UPDATE payments_taxtreatment SET treatment = 'none' WHERE id = {made.pk}",
        f"DELETE FROM payments_taxtreatment WHERE id = {made.pk}",
        "INSERT INTO payments_taxtreatment (person_id, programme_id, effective_from, treatment, note, set_by_id,"
        " set_at) SELECT person_id, programme_id, effective_from, treatment, note, person_id, now()"
        " FROM payments_taxtreatment",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_finance_decides_on_a_page_that_keeps_what_was_typed(scene, signed_in):
    client = signed_in(scene.finance)
    listed = reverse("tax_treatments", args=[scene.programme.slug])
    address = reverse("tax_treatment", args=[scene.programme.slug, scene.person.person.pk])
    assert address in client.get(listed).text
    faulty = client.post(address, {"treatment": "payroll", "note": "The adviser said so."})
    assert faulty.status_code == 200
    assert "Enter the date" in faulty.text
    assert "The adviser said so." in faulty.text
    date = {"effective_from_day": "1", "effective_from_month": "4", "effective_from_year": "2026"}
    assert client.post(address, {"treatment": "payroll", "note": "The adviser said so.", **date}).status_code == 302
    assert "Paid through payroll" in client.get(listed).text
    assert "The adviser said so." in client.get(address).text


def test_the_list_asks_the_same_questions_for_3_and_30_people(scene, signed_in):
    client, counts = signed_in(scene.finance), []
    address = reverse("tax_treatments", args=[scene.programme.slug])
    for extra in (3, 27):
        for _n in range(extra):
            user = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE)
            decide(scene, person=user.person)
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
