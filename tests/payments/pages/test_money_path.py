"""From a decision to the money: every action against every status, cost codes, and what the database refuses."""

import datetime as dt
from decimal import Decimal
from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone

from events.planning import actions as planning_actions
from payments.approval.actions import decisions
from payments.bank_files.actions import downloads
from payments.budgets import actions as budget_actions
from payments.claims import queries as claim_queries
from payments.claims.actions import entering, filling, payment_choice, receipts, sending
from payments.models import BankDetails, BudgetLine, Claim, Payment, PaymentRun, ReturnReason, RunFileDownload
from payments.my_record import actions as record_actions
from payments.payees.actions import bank
from payments.recognition import actions as recognition_actions
from payments.runs import documents as run_documents
from payments.runs import queries as run_queries
from payments.runs.actions import returns, runs
from people.models import Job, Person
from programmes.models import Role
from tests import factories
from tests.helpers import samples
from tests.helpers.advances import an_advance
from tests.helpers.budgets import a_line, a_sent_claim, amend_line, line_figures
from tests.helpers.cancelling import an_event_with_a_yes, promise_cancellation_fee
from tests.helpers.database import refused
from tests.helpers.runs import a_running_job, pay, pay_all
from tests.helpers.threads import at_once
from wellbeing.lib.errors import ActionError

pytestmark = pytest.mark.django_db
Status = Claim.Status
RunStatus = PaymentRun.Status


def why_sent_back():
    reason, _made = ReturnReason.objects.get_or_create(
        code="B",
        effective_from=dt.date(2020, 1, 1),
        defaults={"words": "The account is closed", "advice": "Give us the new one.", "source": "A test."},
    )
    return reason


def send_back(payment, scene):
    return returns.record(payment=payment, by=scene.finance, reason=why_sent_back(), on=timezone.localdate())


# Every status against every action that is not in the tables of test_actions_claims and test_actions_runs


def mileage(claim):
    return claim.lines.get(expense_kind="mileage")


ACTIONS = {
    "change expense": lambda c, s: filling.change_expense(
        line=mileage(c), by=s.person, description="Home again", miles=Decimal(7)
    ),
    "add receipt": lambda c, s: receipts.add_receipt(line=mileage(c), by=s.person, file=samples.upload(samples.jpeg())),
    "remove line": lambda c, s: filling.remove_line(line=mileage(c), by=s.person),
    "repeat journey": lambda c, s: entering.repeat_journey(claim=c, by=s.person, line=mileage(c)),
    "choose recognition": lambda c, s: payment_choice.choose_recognition(claim=c, by=s.person, recognition="none"),
    "choose budget line": lambda c, s: budget_actions.choose_line(
        claim=c, line=BudgetLine.objects.get(cost_code="WI-02"), by=s.finance
    ),
    "allow over budget": lambda c, s: budget_actions.allow_over(
        claim=c, by=s.finance, reason="It was agreed.", up_to_pence=1
    ),
    "approve many": lambda c, s: decisions.approve_many(programme=s.programme, claims=[c], by=s.staff),
}
FILLING_IN = {"change expense", "repeat journey", "add receipt", "remove line", "choose recognition"}
ALLOWED = {
    Status.DRAFT: FILLING_IN,
    Status.SUBMITTED: {"choose recognition", "choose budget line", "allow over budget", "approve many"},
    Status.RETURNED: {*FILLING_IN, "choose budget line", "allow over budget"},
    Status.APPROVED: {"choose budget line"},
    Status.PARTLY_APPROVED: {"choose budget line"},
}


@pytest.fixture
def on_a_line(scene, claim_in):
    """fn(status) -> a claim in that status on a budget line, with a drive on it, of a person with checked details."""

    def make(status):
        line = a_line(scene)
        a_line(scene, cost_code="WI-02", activities=())
        factories.bank_details(scene.person, confirmed_by=scene.finance_three.person)
        claim = factories.a_claim(scene.programme, scene.person.person, policy=scene.policy, budget_line=line)
        filling.add_expense(claim=claim, by=scene.person, kind="mileage", description="", miles=Decimal(5))
        for step in steps_to(status):
            STEPS[step](claim, scene)
        claim.refresh_from_db()
        assert claim.status == status
        return claim

    return make


def in_a_run(claim, scene):
    runs.make_run(programme=scene.programme, claims=[claim], by=scene.finance)


def payment_of(claim):
    return Payment.objects.filter(items__claim=claim).select_related("run").last()


def approved_less(claim, scene):
    time = claim.lines.get(category="time")
    decision = decisions.LineDecision(time, time.amount_pence - 1, "A penny less.")
    decisions.approve(claim=claim, by=scene.staff_two, decisions=[decision])


STEPS = {
    Status.SUBMITTED: lambda c, s: sending.submit(claim=c, by=s.person),
    Status.RETURNED: lambda c, s: decisions.return_with_question(claim=c, by=s.staff_two, question="Why?"),
    Status.APPROVED: lambda c, s: decisions.approve(claim=c, by=s.staff_two),
    Status.PARTLY_APPROVED: approved_less,
    Status.DECLINED: lambda c, s: decisions.decline(claim=c, by=s.staff_two, reason="It did not take place."),
    Status.IN_RUN: in_a_run,
    Status.PAID: lambda c, s: pay(s, payment_of(c).run),
    Status.PAYMENT_FAILED: lambda c, s: send_back(payment_of(c), s),
    Status.WITHDRAWN: lambda c, s: sending.withdraw(claim=c, by=s.person),
}


def steps_to(status):
    paid = [Status.SUBMITTED, Status.APPROVED, Status.IN_RUN, Status.PAID, Status.PAYMENT_FAILED]
    if status == Status.DRAFT:
        return []
    if status == Status.WITHDRAWN:
        return [status]
    if status in paid:
        return paid[: paid.index(status) + 1]
    return [Status.SUBMITTED, status]


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("action", ACTIONS)
def test_every_other_action_is_held_to_the_status_of_the_claim(scene, on_a_line, status, action):
    claim = on_a_line(status)
    before = Claim.objects.filter(pk=claim.pk).values().get()
    if action in ALLOWED.get(status, ()):
        ACTIONS[action](claim, scene)
        claim.refresh_from_db()
        assert claim.status == (Status.APPROVED if action == "approve many" else status)
    else:
        with pytest.raises(ActionError) as refusal:
            ACTIONS[action](claim, scene)
        assert str(refusal.value)
        assert Claim.objects.filter(pk=claim.pk).values().get() == before


@pytest.mark.parametrize("status", [Status.IN_RUN, Status.PAID, Status.PAYMENT_FAILED])
def test_a_payment_comes_back_once_and_only_after_it_was_made(scene, on_a_line, status):
    claim = on_a_line(status)
    if status == Status.PAID:
        send_back(payment_of(claim), scene)
        claim.refresh_from_db()
        assert claim.status == Status.PAYMENT_FAILED
    else:
        with pytest.raises(ActionError):
            send_back(payment_of(claim), scene)
        claim.refresh_from_db()
        assert claim.status == status


RUN_ACTIONS = {
    "bank file": lambda run, s: downloads.download(run=run, by=s.finance, again=True),
    "list of vouchers": lambda run, s: downloads.download(
        run=run, by=s.finance, kind=RunFileDownload.Kind.VOUCHERS, again=True
    ),
    "print letters": lambda run, s: runs.print_letters(run=run, by=s.finance),
    "sent back": lambda run, s: send_back(run.payments.get(amount_pence__gt=0), s),
}
RUN_ALLOWED = {
    RunStatus.SIGNED: {"bank file": "exported", "list of vouchers": "signed"},
    RunStatus.EXPORTED: {"bank file": "exported", "list of vouchers": "exported"},
    RunStatus.PAID: dict.fromkeys(RUN_ACTIONS, "paid"),
    RunStatus.CLOSED: dict.fromkeys(RUN_ACTIONS, "closed"),
}


@pytest.mark.parametrize("status", RunStatus)
@pytest.mark.parametrize("action", RUN_ACTIONS)
def test_files_letters_and_returns_are_held_to_the_status_of_the_run(scene, claim_in, status, action):
    factories.bank_details(scene.person, confirmed_by=scene.finance_three.person)
    user = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Vera Voucher")
    recognition_actions.offer(
        programme=scene.programme, by=scene.staff, effective_from=timezone.localdate(), vouchers=True
    )
    claim = factories.a_claim(scene.programme, user.person, policy=scene.policy)
    payment_choice.choose_recognition(claim=claim, by=user, recognition="voucher")
    sending.submit(claim=claim, by=user)
    decisions.approve(claim=claim, by=scene.staff)
    run = runs.make_run(programme=scene.programme, claims=[claim, claim_in("approved")], by=scene.finance)
    Person.objects.update(channel=Person.Channel.LETTER)
    if status == RunStatus.CANCELLED:
        runs.cancel(run=run, by=scene.finance)
    if status in PaymentRun.SIGNED_OFF:
        runs.sign_off(run=run, by=scene.finance_two)
        runs.make_documents(run=run, by=scene.finance)
        Job.objects.update(status=Job.Status.RUNNING, attempts=1)
        run_documents.make_for_run(a_running_job(run))
        Job.objects.update(status=Job.Status.DONE)
    if status in {RunStatus.EXPORTED, *PaymentRun.PAID_OR_CLOSED}:
        downloads.download(run=run, by=scene.finance)
    if status in PaymentRun.PAID_OR_CLOSED:
        pay_all(run=run, by=scene.finance, on=timezone.localdate())
    if status == RunStatus.CLOSED:
        runs.close(run=run, by=scene.finance_two, statement_pence=5000)
    becomes = RUN_ALLOWED.get(status, {}).get(action)
    if becomes:
        RUN_ACTIONS[action](run, scene)
    else:
        with pytest.raises(ActionError):
            RUN_ACTIONS[action](run, scene)
    run.refresh_from_db()
    assert run.status == (becomes or status)


# Cost codes


def test_a_claim_is_booked_under_its_budget_line_or_else_its_programme(scene, claim_in, signed_in):
    line = a_line(scene, activities=())
    on_line, without = claim_in("approved", budget_line=line), claim_in("approved")
    scene.programme.cost_code = "WI-99"
    scene.programme.save()
    for claim in (on_line, without):
        claim.refresh_from_db()
    assert [claim_queries.cost_code_of(claim) for claim in (on_line, without)] == ["WI-01", "WI-99"]
    client, address = signed_in(scene.finance), reverse("payment_run_new", args=[scene.programme.slug])
    for query, shown in (
        ({}, {on_line, without}),
        ({"cost_code": "WI-01"}, {on_line}),
        ({"cost_code": "WI-99"}, {without}),
        # A code that is not there leaves nothing out.
        ({"cost_code": "NONE"}, {on_line, without}),
    ):
        page = client.get(address, query).text
        assert {claim for claim in (on_line, without) if f'value="{claim.pk}"' in page} == shown, query
    run = runs.make_run(programme=scene.programme, claims=[on_line, without], by=scene.finance)
    assert run_queries.cost_codes_of_run(run) == ["WI-01", "WI-99"]
    assert "WI-01, WI-99" in client.get(run.get_absolute_url()).text


# Money in advance


def test_a_claim_covered_by_an_advance_counts_as_paid_in_the_budget(scene):
    line = a_line(scene)
    an_advance(scene, 5000)
    claim = decisions.approve(claim=a_sent_claim(scene), by=scene.staff)
    assert (claim.money_pence, claim.advance_recovered_pence) == (0, 5000)
    now = line_figures(line)
    assert (now.pending_pence, now.committed_pence, now.paid_pence, now.left_pence) == (0, 0, 5000, 95_000)


def test_what_an_advance_leaves_to_pay_is_still_to_be_paid(scene):
    line = a_line(scene)
    an_advance(scene, 2000)
    decisions.approve(claim=a_sent_claim(scene), by=scene.staff)
    now = line_figures(line)
    assert (now.committed_pence, now.paid_pence, now.left_pence) == (5000, 0, 95_000)


def test_an_advance_comes_off_once_though_the_bank_sends_the_rest_back(scene):
    factories.bank_details(scene.person, confirmed_by=scene.finance_three.person)
    an_advance(scene, 2000)
    claim = decisions.approve(claim=a_sent_claim(scene), by=scene.staff)
    run = runs.make_run(programme=scene.programme, claims=[claim], by=scene.finance)
    pay(scene, run)
    send_back(payment_of(claim), scene)
    details = BankDetails.objects.get(person=scene.person.person)
    seen = details.changed_at
    bank.confirm(details=details, programme=scene.programme, by=scene.finance_two, how="Rang them.", seen=seen)
    again = runs.make_run(programme=scene.programme, claims=[claim], by=scene.finance)
    assert again.payments.get().amount_pence == 3000
    assert claim.advance_uses.get().pence == 2000


# Wishes


def test_a_claim_for_a_cancelled_day_keeps_what_the_person_wished_for_all_they_do(scene):
    promise_cancellation_fee(scene)
    record_actions.choose(programme=scene.programme, by=scene.person, recognition="none")
    event = an_event_with_a_yes(scene)
    planning_actions.cancel(event=event, by=scene.staff, reason="The heating broke.")
    assert Claim.objects.get(event=event).recognition == "none"


def test_a_wish_changed_between_two_approvals_is_the_one_that_counts(scene):
    scene.policy = factories.a_policy(scene.programme, second_approval_above_pence=1000)
    claim = a_sent_claim(scene)
    decisions.approve(claim=claim, by=scene.staff_two)
    payment_choice.choose_recognition(claim=claim, by=scene.person, recognition="none")
    claim = decisions.approve(claim=claim, by=scene.staff)
    assert (claim.approved_pence, claim.money_pence, claim.waived_pence) == (5000, 0, 5000)


# Locks


@pytest.mark.django_db(transaction=True)
def test_approving_many_and_changing_a_budget_line_never_lock_each_other_out(scene):
    for number in range(5):
        line = a_line(scene, cost_code=f"L-{number}", activities=())
        chosen = [a_sent_claim(scene), a_sent_claim(scene)]
        Claim.objects.filter(pk=chosen[1].pk).update(budget_line=line)
        at_once(
            partial(decisions.approve_many, programme=scene.programme, claims=chosen, by=scene.staff),
            partial(amend_line, line, scene.finance, activities=[""]),
        )
        line.refresh_from_db()
        amend_line(line, scene.finance, activities=[])


# Refused by the database itself


def test_postgres_refuses_a_run_handed_over_without_a_time(scene, claim_in):
    run = runs.make_run(programme=scene.programme, claims=[claim_in("approved")], by=scene.finance)
    runs.sign_off(run=run, by=scene.finance_two)
    assert "run_exported_has_who_and_when" in refused(
        "UPDATE payments_paymentrun SET status = 'exported', exported_by_id = %s WHERE id = %s",
        scene.finance.person.pk,
        run.pk,
    )


def test_postgres_refuses_bank_details_checked_without_a_time(scene):
    details = factories.bank_details(scene.person)
    assert "bank_details_confirmed_has_who_when_and_how" in refused(
        "UPDATE payments_bankdetails SET confirmed_by_id = %s, confirmed_how = 'Rang them.' WHERE id = %s",
        scene.finance.person.pk,
        details.pk,
    )


def test_postgres_refuses_a_first_approval_of_ones_own_claim(scene, claim_in):
    claim = claim_in("submitted")
    assert "two_approvals_are_by_two_people" in refused(
        "UPDATE payments_claim SET first_approved_by_id = %s, first_approved_at = now() WHERE id = %s",
        scene.person.person.pk,
        claim.pk,
    )


def test_postgres_refuses_to_move_a_claim_from_one_live_run_to_another(scene, claim_in):
    first = runs.make_run(programme=scene.programme, claims=[claim_in("approved")], by=scene.finance)
    second = runs.make_run(programme=scene.programme, claims=[claim_in("approved")], by=scene.finance)
    moved = "UPDATE payments_paymentitem SET payment_id = %s WHERE payment_id = %s"
    assert "only let go" in refused(moved, second.payments.get().pk, first.payments.get().pk)
    runs.sign_off(run=first, by=scene.finance_two)
    assert refused(moved, second.payments.get().pk, first.payments.get().pk)
    assert refused("UPDATE payments_paymentitem SET live = false WHERE payment_id = %s", first.payments.get().pk)


@pytest.mark.parametrize("column", ["money_pence", "voucher_pence", "person_id", "programme_id", "paid_on", "status"])
def test_postgres_refuses_to_change_anything_of_a_paid_claim(scene, claim_in, column):
    claim = claim_in("paid")
    value = {
        "person_id": scene.staff.person.pk,
        "programme_id": scene.other.pk,
        "paid_on": timezone.localdate() - dt.timedelta(days=1),
        "status": "approved",
    }.get(column, 1)
    assert refused(f"UPDATE payments_claim SET {column} = %s WHERE id = %s", value, claim.pk)
