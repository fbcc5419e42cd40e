"""Tests of what Postgres refuses about claims, runs and payments, whatever the code asks."""

import pytest
from django.db import connection

from payments.claims.actions import sending
from payments.models import PaymentItem, PaymentRun
from payments.runs.actions import runs
from tests import factories
from tests.helpers.claims import add_parking
from tests.helpers.database import refused

Status = PaymentRun.Status

# Refused by the database itself


def test_postgres_refuses_a_claim_approved_by_its_owner(claim_in, scene):
    claim = claim_in("submitted")
    assert "nobody_approves_their_own_claim" in refused(
        "UPDATE payments_claim SET status = 'approved', approved_at = now(), approved_by_id = %s,"
        " approved_pence = 5000, money_pence = 5000, payroll_pence = 0, voucher_pence = 0, donation_pence = 0,"
        " waived_pence = 0, advance_recovered_pence = 0 WHERE id = %s",
        scene.person.person.pk,
        claim.pk,
    )


def test_postgres_refuses_an_approval_that_loses_a_penny(claim_in, scene):
    claim = claim_in("submitted")
    for money in (4999, 5001, None):
        assert "claim_agreed_goes_somewhere_to_the_penny" in refused(
            "UPDATE payments_claim SET status = 'approved', approved_at = now(), approved_by_id = %s,"
            " approved_pence = 5000, money_pence = %s, payroll_pence = 0, voucher_pence = 0, donation_pence = 0,"
            " waived_pence = 0, advance_recovered_pence = 0 WHERE id = %s",
            scene.staff.person.pk,
            money,
            claim.pk,
        )


def test_postgres_refuses_any_change_of_what_was_agreed(claim_in):
    claim = claim_in("approved")
    assert "never changes" in refused(
        "UPDATE payments_claim SET approved_pence = 1, money_pence = 1 WHERE id = %s", claim.pk
    )
    assert refused(
        "UPDATE payments_claimline SET approved_pence = 1, decision_reason = 'x' WHERE claim_id = %s", claim.pk
    )


def test_postgres_takes_a_decision_on_a_line_only_while_the_claim_is_checked(claim_in):
    claim = claim_in("submitted")
    sql = "UPDATE payments_claimline SET approved_pence = %s, decision_reason = %s WHERE claim_id = %s"
    assert "agreed_less_says_why" in refused(sql, 100, "", claim.pk)
    assert "agreed_less_says_why" in refused(sql, 999900, "More.", claim.pk)
    assert refused("UPDATE payments_claimline SET amount_pence = 1, approved_pence = 1 WHERE claim_id = %s", claim.pk)
    with connection.cursor() as cursor:
        cursor.execute(sql, [100, "No receipt for the rest.", claim.pk])
        # A second approver may decide otherwise.
        cursor.execute(sql, [200, "No receipt for the rest.", claim.pk])
    for status in ("draft", "returned"):
        assert "decided while its claim is checked" in refused(sql, 100, "No receipt.", claim_in(status).pk)
    assert refused(sql, 200, "No receipt for the rest.", claim_in("approved").pk)


def test_postgres_refuses_any_change_of_a_paid_claim(claim_in):
    claim = claim_in("paid")
    assert refused("UPDATE payments_claim SET description = 'more' WHERE id = %s", claim.pk)
    assert refused("UPDATE payments_claim SET status = 'approved', paid_on = NULL WHERE id = %s", claim.pk)
    assert refused("DELETE FROM payments_claim WHERE id = %s", claim.pk)


def test_postgres_refuses_a_step_that_is_not_in_the_table(claim_in):
    assert refused("UPDATE payments_claim SET status = 'paid', paid_on = now() WHERE id = %s", claim_in("approved").pk)


def test_postgres_refuses_a_claim_in_two_live_payments(scene, run_in, claim_in):
    first = run_in(Status.OPEN)
    item = PaymentItem.objects.filter(payment__run=first, payment__person=scene.person.person).first()
    second = runs.make_run(programme=scene.programme, claims=[claim_in("approved")], by=scene.finance_two)
    assert "a_claim_is_in_one_live_payment" in refused(
        "INSERT INTO payments_paymentitem (payment_id, claim_id, amount_pence, live) VALUES (%s, %s, %s, true)",
        second.payments.get().pk,
        item.claim_id,
        item.amount_pence,
    )
    assert "only let go" in refused(
        "UPDATE payments_paymentitem SET payment_id = %s WHERE id = %s", second.payments.get().pk, item.pk
    )


@pytest.mark.parametrize("status", PaymentRun.SIGNED_OFF)
def test_postgres_refuses_to_change_a_signed_run(run_in, status):
    run = run_in(status)
    payment = run.payments.first()
    assert refused("UPDATE payments_payment SET amount_pence = 999999 WHERE id = %s", payment.pk)
    assert refused("DELETE FROM payments_payment WHERE id = %s", payment.pk)
    assert refused("UPDATE payments_paymentitem SET live = false WHERE payment_id = %s", payment.pk)
    assert refused("DELETE FROM payments_paymentrun WHERE id = %s", run.pk)
    for change in ("made_by_id = signed_by_id", "signed_at = now()", "reference = 'X-R9999'", "made_at = now()"):
        assert "frozen" in refused(f"UPDATE payments_paymentrun SET {change} WHERE id = %s", run.pk)


def test_postgres_refuses_a_run_signed_by_its_maker_or_by_someone_it_pays(scene, run_in):
    run = run_in(Status.OPEN)
    run.payments.update(said_how="By hand")
    sign = "UPDATE payments_paymentrun SET status = 'signed', signed_at = now(), signed_by_id = %s WHERE id = %s"
    assert "run_maker_never_signs" in refused(sign, scene.finance.person.pk, run.pk)
    assert "signs or pays a run that pays them" in refused(sign, scene.person.person.pk, run.pk)


def test_postgres_refuses_a_payment_to_the_maker_of_its_run(scene, run_in):
    run = run_in(Status.OPEN)
    assert "nobody makes a run that pays them" in refused(
        "INSERT INTO payments_payment (run_id, person_id, reference, amount_pence) VALUES (%s, %s, 'ABCDEF99', 100)",
        run.pk,
        scene.finance.person.pk,
    )


@pytest.mark.parametrize("status", ["submitted", "approved", "in_run", "paid"])
def test_postgres_refuses_to_touch_the_lines_of_a_sent_claim(claim_in, status):
    claim = claim_in(status)
    assert refused("UPDATE payments_claimline SET amount_pence = 999999 WHERE claim_id = %s", claim.pk)
    assert refused("DELETE FROM payments_claimline WHERE claim_id = %s", claim.pk)
    assert refused(
        'INSERT INTO payments_claimline (claim_id, category, expense_kind, description, "on", amount_pence, rate_note)'
        " VALUES (%s, 'expense', 'parking', 'more', now(), 999, '')",
        claim.pk,
    )


def test_postgres_refuses_a_published_policy_that_changes(scene):
    assert refused("UPDATE payments_policyversion SET pay_within_working_days = 99 WHERE id = %s", scene.policy.pk)
    assert refused("UPDATE payments_feerule SET half_day_pence = 1 WHERE version_id = %s", scene.policy.pk)
    assert refused("DELETE FROM payments_expenserule WHERE version_id = %s", scene.policy.pk)


def test_postgres_refuses_a_document_that_changes(run_in):
    run = run_in(Status.PAID)
    assert refused("UPDATE payments_document SET sha256 = 'x' WHERE run_id = %s", run.pk)
    assert refused("DELETE FROM payments_document WHERE run_id = %s", run.pk)


def test_postgres_refuses_to_take_a_receipt_off_a_sent_claim(claim_in, scene):
    from payments.models import Receipt

    claim = claim_in("draft")
    add_parking(scene, claim, description="", amount_pence=100)
    sending.submit(claim=claim, by=scene.person)
    receipt = Receipt.objects.get()
    assert refused("UPDATE payments_receipt SET sha256 = 'x' WHERE id = %s", receipt.pk)
    assert refused(
        "DELETE FROM payments_receipt_lines WHERE receipt_id = %s; DELETE FROM payments_receipt WHERE id = %s",
        receipt.pk,
        receipt.pk,
    )


def test_postgres_refuses_a_claim_that_is_paid_in_no_payment(scene):
    claim = factories.a_claim(scene.programme, scene.person.person, "in_run", policy=scene.policy)
    change = "UPDATE payments_claim SET status = 'paid', paid_on = current_date WHERE id = %s"
    assert "a claim is paid in a payment" in refused(change, claim.pk)
