"""Payment runs: one payment a person, two people on each, no claim twice."""

import datetime as dt

import pytest
from django.utils import timezone

from payments.models import Claim, PaymentItem, PaymentRun
from payments.runs import documents as run_documents
from payments.runs.actions import made, runs
from payments.runs.actions.runs import RunError, StaleClaimsError
from people.models import Job, Notice
from tests import factories
from tests.helpers.runs import a_running_job, pay_all

Status = PaymentRun.Status


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
        lambda: pay_all(run=run, by=user, on=timezone.localdate()),
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
    own = run.payments.get(person=scene.finance_two.person)
    with pytest.raises(RunError, match="your own payment"):
        made.record(payment=own, method="other", by=scene.finance_two, on=timezone.localdate())
    factories.bank_details(scene.person, confirmed_by=scene.finance.person)
    chosen = [claim_in("approved"), claim_in("approved", user=scene.finance_two)]
    by_bank = runs.make_run(programme=scene.programme, claims=chosen, by=scene.finance)
    by_bank = runs.sign_off(run=by_bank, by=scene.finance_three)
    with pytest.raises(RunError, match="pays you"):
        runs.mark_paid(run=by_bank, by=scene.finance_two, on=timezone.localdate())


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
        pay_all(run=run, by=scene.finance, on=today)
    run_documents.make_for_run(a_running_job(run))
    for day in (today + dt.timedelta(days=1), today - dt.timedelta(days=1)):
        with pytest.raises(RunError) as refusal:
            pay_all(run=run, by=scene.finance, on=day)
        assert refusal.value.field == "on"
    pay_all(run=run, by=scene.finance, on=today)
    assert set(Claim.objects.values_list("status", "paid_on")) == {("paid", today)}
    told = Notice.objects.filter(kind="payment_made")
    assert told.count() == 2
    message = told.get(person=scene.person.person)
    assert "£62.34" in message.text_body
    assert message.subject == "We have paid you £62.34"


def pay_each(run, scene):
    for payment in run.payments.all():
        made.record(payment=payment, method="other", by=scene.finance_two, on=timezone.localdate())


ACTIONS = {
    "sign": lambda run, s: runs.sign_off(run=run, by=s.finance_two),
    "cancel": lambda run, s: runs.cancel(run=run, by=s.finance_two),
    "documents": lambda run, s: runs.make_documents(run=run, by=s.finance_two),
    "again": lambda run, s: runs.make_documents_again(run=run, by=s.finance_two, reason="The address was wrong."),
    "pay": pay_each,
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
