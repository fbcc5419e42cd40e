"""Payment runs: one payment a person, two people on each, no claim twice."""

import datetime as dt
import threading
from functools import partial

import pytest
from django.db import connection, transaction
from django.utils import timezone

from payments.claims.actions import filling, opening, sending
from payments.models import Claim, Document, Payment, PaymentItem, PaymentRun
from payments.runs import documents as run_documents
from payments.runs.actions import runs
from payments.runs.actions.runs import RunError, StaleClaimsError
from people.models import Job, Message
from programmes.models import Role
from tests import factories
from tests.helpers.database import refused
from tests.helpers.runs import a_running_job, pay
from tests.helpers.threads import at_once

Status = PaymentRun.Status


@pytest.fixture
def run_in(scene, claim_in):
    """fn(status) -> a run of two people and three claims in that status."""

    def make(status):
        second = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Quentin Second")
        chosen = [claim_in("approved"), claim_in("approved", amount_pence=1234), claim_in("approved", user=second)]
        run = runs.make_run(programme=scene.programme, claims=chosen, by=scene.finance)
        if status in {Status.SIGNED, Status.EXPORTED}:
            run = runs.sign_off(run=run, by=scene.finance_two)
        if status == Status.EXPORTED:
            runs.mark_exported(run=run, by=scene.finance, bank_file=False)
        if status in {Status.PAID, Status.CLOSED}:
            pay(scene, run)
        if status == Status.CLOSED:
            runs.close(run=run, by=scene.finance_two, statement_pence=0)
        if status == Status.CANCELLED:
            runs.cancel(run=run, by=scene.finance)
        run.refresh_from_db()
        return run

    return make


def test_each_person_gets_one_payment_for_all_their_claims(run_in, scene):
    run = run_in(Status.OPEN)
    amounts = {payment.person.full_name: payment.amount_pence for payment in run.payments.all()}
    assert amounts == {"Petra Person": 6234, "Quentin Second": 5000}
    assert sum(PaymentItem.objects.filter(payment__run=run).values_list("amount_pence", flat=True)) == 11234
    assert run.reference == f"{scene.programme.short_code}-R0001"
    assert set(Claim.objects.values_list("status", flat=True)) == {"in_run"}
    for payment in run.payments.all():
        assert 6 <= len(payment.reference) <= 18


def test_a_run_takes_all_the_chosen_claims_or_none_and_names_those_that_moved_on(scene, claim_in):
    good, gone = claim_in("approved"), claim_in("approved")
    runs.make_run(programme=scene.programme, claims=[gone], by=scene.finance)
    with pytest.raises(StaleClaimsError, match=gone.reference) as refusal:
        runs.make_run(programme=scene.programme, claims=[good, gone], by=scene.finance_two)
    assert [claim.pk for claim in refusal.value.claims] == [gone.pk]
    good.refresh_from_db()
    assert good.status == "approved"
    assert PaymentRun.objects.count() == 1


def test_nobody_makes_a_run_that_pays_them(scene, claim_in):
    claim = claim_in("approved", user=scene.finance)
    with pytest.raises(RunError, match="pay yourself"):
        runs.make_run(programme=scene.programme, claims=[claim], by=scene.finance)
    runs.make_run(programme=scene.programme, claims=[claim], by=scene.finance_two)


def test_claims_of_another_programme_are_not_paid(scene):
    foreign = factories.a_claim(scene.other, scene.person.person, "approved", policy=factories.a_policy(scene.other))
    with pytest.raises(RunError, match="not in this programme"):
        runs.make_run(programme=scene.programme, claims=[foreign], by=scene.finance)


def test_an_empty_choice_makes_no_run(scene):
    with pytest.raises(RunError, match="at least one"):
        runs.make_run(programme=scene.programme, claims=[], by=scene.finance)


@pytest.mark.parametrize("who", ["staff", "steering", "person", "finance_elsewhere", "administrator", "stranger"])
def test_only_finance_of_the_programme_makes_signs_and_pays(scene, run_in, claim_in, who):
    user, run = getattr(scene, who), run_in(Status.OPEN)
    for attempt in (
        lambda: runs.make_run(programme=scene.programme, claims=[claim_in("approved")], by=user),
        lambda: runs.sign_off(run=run, by=user),
        lambda: runs.cancel(run=run, by=user),
        lambda: runs.make_documents(run=run, by=user),
        lambda: runs.mark_paid(run=run, by=user, on=timezone.localdate()),
    ):
        with pytest.raises(RunError, match="Only finance"):
            attempt()


def test_whoever_made_a_run_is_told_who_can_sign_it(scene, run_in):
    with pytest.raises(RunError, match=r"You made this run.*Femi Finance, Fred Finance"):
        runs.sign_off(run=run_in(Status.OPEN), by=scene.finance)


def test_nobody_signs_or_pays_a_run_that_pays_them(scene, claim_in):
    chosen = [claim_in("approved"), claim_in("approved", user=scene.finance_two)]
    run = runs.make_run(programme=scene.programme, claims=chosen, by=scene.finance)
    with pytest.raises(RunError, match=r"pays you.*Fred Finance"):
        runs.sign_off(run=run, by=scene.finance_two)
    run = runs.sign_off(run=run, by=scene.finance_three)
    with pytest.raises(RunError, match="pays you"):
        runs.mark_paid(run=run, by=scene.finance_two, on=timezone.localdate())


def test_where_nobody_else_can_sign_it_says_so(scene, claim_in):
    run = runs.make_run(programme=scene.programme, claims=[claim_in("approved")], by=scene.finance)
    for user in (scene.finance_two, scene.finance_three):
        user.person.memberships.update(ends_on=timezone.localdate() - dt.timedelta(days=1))
    with pytest.raises(RunError, match="add a second person to finance"):
        runs.sign_off(run=run, by=scene.finance)


def test_a_cancelled_run_lets_its_claims_go_into_another(scene, run_in):
    run = run_in(Status.CANCELLED)
    assert not PaymentItem.objects.filter(live=True).exists()
    assert set(Claim.objects.values_list("status", flat=True)) == {"approved"}
    again = runs.make_run(programme=scene.programme, claims=Claim.objects.all(), by=scene.finance_two)
    assert again.payments.count() == run.payments.count()


def test_a_run_is_paid_only_with_its_papers_and_on_a_day_that_makes_sense(scene, run_in):
    run, today = run_in(Status.SIGNED), timezone.localdate()
    with pytest.raises(RunError, match="Make the documents first"):
        runs.mark_paid(run=run, by=scene.finance, on=today)
    run_documents.make_for_run(a_running_job(run))
    for day in (today + dt.timedelta(days=1), today - dt.timedelta(days=1)):
        with pytest.raises(RunError) as refusal:
            runs.mark_paid(run=run, by=scene.finance, on=day)
        assert refusal.value.field == "paid_on"
    runs.mark_paid(run=run, by=scene.finance, on=today)
    assert set(Claim.objects.values_list("status", "paid_on")) == {("paid", today)}
    told = Message.objects.filter(kind="payment_made")
    assert told.count() == 2
    message = told.get(to_address=scene.person.email)
    assert "£62.34" in message.text_body
    assert message.subject == "We have paid you £62.34"


ACTIONS = {
    "sign": lambda run, s: runs.sign_off(run=run, by=s.finance_two),
    "cancel": lambda run, s: runs.cancel(run=run, by=s.finance_two),
    "documents": lambda run, s: runs.make_documents(run=run, by=s.finance_two),
    "again": lambda run, s: runs.make_documents_again(run=run, by=s.finance_two, reason="The address was wrong."),
    "pay": lambda run, s: runs.mark_paid(run=run, by=s.finance_two, on=timezone.localdate()),
    "close": lambda run, s: runs.close(run=run, by=s.finance_two, statement_pence=0),
}
ALLOWED = {
    Status.OPEN: {"sign": "signed", "cancel": "cancelled"},
    Status.SIGNED: {"documents": "signed", "again": "signed", "pay": "paid"},
    Status.EXPORTED: {"documents": "exported", "again": "exported", "pay": "paid"},
    Status.PAID: {"documents": "paid", "again": "paid", "close": "closed"},
    Status.CLOSED: {"documents": "closed", "again": "closed"},
    Status.CANCELLED: {},
}


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("action", ACTIONS)
def test_every_status_against_every_action(scene, run_in, status, action):
    run = run_in(status)
    if action in {"pay", "again"} and status in PaymentRun.TO_PAY:
        run_documents.make_for_run(a_running_job(run))
        Job.objects.update(status=Job.Status.DONE)
    becomes = ALLOWED[status].get(action)
    if becomes:
        ACTIONS[action](run, scene)
    else:
        with pytest.raises(RunError):
            ACTIONS[action](run, scene)
    run.refresh_from_db()
    assert run.status == (becomes or status)


# What the database refuses by itself, whoever asks


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
    from tests.helpers import samples as helpers_samples

    claim = claim_in("draft")
    filling.add_expense(
        claim=claim,
        by=scene.person,
        kind="parking",
        description="",
        amount_pence=100,
        file=helpers_samples.upload(helpers_samples.jpeg()),
    )
    sending.submit(claim=claim, by=scene.person)
    receipt = Receipt.objects.get()
    assert refused("UPDATE payments_receipt SET sha256 = 'x' WHERE id = %s", receipt.pk)
    assert refused(
        "DELETE FROM payments_receipt_lines WHERE receipt_id = %s; DELETE FROM payments_receipt WHERE id = %s",
        receipt.pk,
        receipt.pk,
    )


# Two people at the same moment


@pytest.mark.django_db(transaction=True)
def test_two_finance_officers_making_a_run_of_the_same_claims_at_once_never_pay_twice():
    programme = factories.a_programme("At Once")
    policy = factories.a_policy(programme)
    officers = [factories.with_role(programme, Role.FINANCE, f"Officer {name}") for name in ("One", "Two")]
    people = [factories.with_role(programme, Role.LIVED_EXPERIENCE) for _n in range(3)]
    for _round in range(20):
        chosen = [factories.a_claim(programme, user.person, "approved", policy=policy) for user in people]
        ids = [claim.pk for claim in chosen]
        results = at_once(
            *[
                partial(runs.make_run, programme=programme, claims=Claim.objects.filter(pk__in=order), by=user)
                for user, order in zip(officers, [ids, ids[::-1]], strict=True)
            ],
            expected=RunError,
        )
        made = [result for result in results if isinstance(result, PaymentRun)]
        lost = [result for result in results if isinstance(result, StaleClaimsError)]
        assert (len(made), len(lost)) == (1, 1)
        assert all(reference in str(lost[0]) for reference in (claim.reference for claim in chosen))
        assert "Look at the list again" in str(lost[0])
        items = PaymentItem.objects.filter(claim__in=ids)
        assert items.count() == len(ids)
        assert set(items.values_list("payment__run", flat=True)) == {made[0].pk}


@pytest.mark.django_db(transaction=True)
def test_claims_opened_at_once_get_different_numbers():
    programme = factories.a_programme("Numbers")
    factories.a_policy(programme)
    staff = factories.with_role(programme, Role.STAFF)
    event = factories.an_event(programme)
    attendances = [
        factories.an_attendance(event, factories.with_role(programme, Role.LIVED_EXPERIENCE).person) for _n in range(6)
    ]
    opened = at_once(
        *[partial(opening.open_for_attendance, attendance=attendance, by=staff) for attendance in attendances],
        expected=(),
    )
    assert sorted(claim.reference[-4:] for claim in opened) == [f"{number:04d}" for number in range(1, 7)]


def test_papers_and_payments_are_counted_once(run_in):
    run = run_in(Status.PAID)
    assert Document.objects.filter(run=run).count() == Payment.objects.filter(run=run).count() + 1


@pytest.mark.django_db(transaction=True)
def test_a_run_and_a_corrected_list_of_who_came_never_lock_each_other_out():
    """Each holds what the other wants next: the run a claim, the list the counter of references."""
    programme = factories.a_programme("At Once")
    policy = factories.a_policy(programme)
    staff = factories.with_role(programme, Role.STAFF)
    officer = factories.with_role(programme, Role.FINANCE)
    event = factories.an_event(programme)
    fresh, known = (factories.with_role(programme, Role.LIVED_EXPERIENCE).person for _n in range(2))
    claim = factories.a_claim(programme, known, "approved", policy=policy, event=event)
    attendances = [factories.an_attendance(event, person) for person in (fresh, known)]
    run_has_the_claim, list_has_the_counter = threading.Event(), threading.Event()

    @transaction.atomic
    def correct_the_list():
        opening.open_for_attendance(attendance=attendances[0], by=staff)
        list_has_the_counter.set()
        assert run_has_the_claim.wait(timeout=20)
        opening.open_for_attendance(attendance=attendances[1], by=staff)

    @transaction.atomic
    def make_the_run():
        Claim.objects.select_for_update().get(pk=claim.pk)
        run_has_the_claim.set()
        assert list_has_the_counter.wait(timeout=20)
        runs.make_run(programme=programme, claims=[claim], by=officer)

    at_once(correct_the_list, make_the_run, expected=())
    assert PaymentRun.objects.filter(programme=programme).count() == 1
    assert Claim.objects.filter(event=event).count() == 2
