"""Budget lines: setting them, which claims go to them, where the money is, and approval that keeps to them."""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from payments.approval.actions import decisions
from payments.budgets import actions as budget_actions
from payments.budgets import queries as budget_queries
from payments.budgets.charging import BudgetError
from payments.claims.actions import filling, sending
from payments.models import BudgetLine, BudgetRule, Claim
from tests import factories
from tests.helpers.budgets import a_line, a_sent_claim, amend_line, line_figures
from tests.helpers.database import refused

Status = Claim.Status


# Setting lines


def test_finance_alone_sets_budget_lines(scene):
    for user in (scene.staff, scene.person, scene.steering, scene.administrator, scene.finance_elsewhere):
        with pytest.raises(BudgetError, match="Only finance"):
            a_line(scene, by=user)
    line = a_line(scene)
    with pytest.raises(BudgetError, match="Only finance"):
        amend_line(line, scene.staff, name="Other")
    assert str(line) == "Line WI-01 (WI-01)"


def test_a_cost_code_has_one_line_a_year(scene):
    line = a_line(scene)
    with pytest.raises(BudgetError, match="has this cost code in the same year") as error:
        a_line(scene, cost_code="wi-01", activities=(), starts_on=line.ends_on, ends_on=line.ends_on)
    assert error.value.field == "cost_code"
    following = line.ends_on + dt.timedelta(days=1)
    a_line(scene, activities=("",), starts_on=following, ends_on=following + dt.timedelta(days=364))
    assert BudgetLine.objects.count() == 2


def test_the_last_day_does_not_lie_before_the_first(scene):
    today = timezone.localdate()
    with pytest.raises(BudgetError, match="must not lie before") as error:
        a_line(scene, starts_on=today, ends_on=today - dt.timedelta(days=1))
    assert error.value.field == "ends_on"


def test_postgres_refuses_a_second_line_of_a_cost_code_in_the_same_year(scene):
    line = a_line(scene)
    with pytest.raises(IntegrityError), transaction.atomic():
        BudgetLine.objects.create(
            programme=line.programme,
            cost_code="wi-01",
            name="Another",
            funder="Another",
            starts_on=line.ends_on,
            ends_on=line.ends_on + dt.timedelta(days=9),
            amount_pence=1,
            amount_reason="Because",
            amount_set_by=scene.finance.person,
        )


def test_a_new_amount_needs_a_reason_which_is_kept(scene):
    line = a_line(scene, amount_pence=100_000)
    with pytest.raises(BudgetError, match="Say why") as error:
        amend_line(line, scene.finance, amount_pence=120_000, reason="  ")
    assert error.value.field == "reason"
    line = amend_line(line, scene.finance_two, amount_pence=120_000, reason="The funder gave more.")
    line = amend_line(line, scene.finance, name="Another name")
    kept = [(row.amount_pence, row.reason, row.by) for row in budget_queries.amounts_of_line(line)]
    assert kept == [
        (120_000, "The funder gave more.", "Femi Finance"),
        (100_000, "The first amount", "Fay Finance"),
    ]
    assert refused("UPDATE payments_budgetline SET amount_pence = 1 WHERE id = %s", line.pk)
    assert refused("UPDATE payments_budgetline SET amount_reason = '' WHERE id = %s", line.pk)
    assert refused("DELETE FROM payments_budgetrule; DELETE FROM payments_budgetline WHERE id = %s", line.pk)


def test_code_and_year_stay_once_a_run_has_taken_a_claim(scene, claim_in):
    line = a_line(scene)
    line = amend_line(line, scene.finance, cost_code="WI-02")
    assert line.cost_code == "WI-02"
    claim_in(Status.IN_RUN, budget_line=line)
    with pytest.raises(BudgetError, match="in payment runs"):
        amend_line(line, scene.finance, cost_code="WI-03")
    assert refused("UPDATE payments_budgetline SET cost_code = 'X' WHERE id = %s", line.pk)
    assert amend_line(line, scene.finance, name="Its name may change").name == "Its name may change"


def test_an_activity_goes_to_one_line_on_a_day(scene):
    line = a_line(scene, activities=("meeting", ""))
    with pytest.raises(BudgetError, match="“Meeting” go to the line “Line WI-01” already") as error:
        a_line(scene, cost_code="WI-02", activities=("workshop", "meeting"))
    assert error.value.field == "activities"
    with pytest.raises(BudgetError, match="“Everything else”"):
        a_line(scene, cost_code="WI-02", activities=("",))
    other = a_line(scene, cost_code="WI-02", activities=("workshop",))
    with pytest.raises(DatabaseError, match="two budget lines"), transaction.atomic():
        BudgetRule.objects.create(programme=scene.programme, activity="meeting", budget_line=other)
    amend_line(line, scene.finance, activities=[""])
    amend_line(other, scene.finance, activities=["workshop", "meeting"])
    assert set(other.rules.values_list("activity", flat=True)) == {"workshop", "meeting"}


def test_a_rule_sends_claims_within_their_programme_only(scene):
    line = a_line(scene, activities=())
    with pytest.raises(DatabaseError, match="own programme"), transaction.atomic():
        BudgetRule.objects.create(programme=scene.other, activity="", budget_line=line)


# Which claims go where


def test_a_sent_claim_goes_to_the_line_of_its_activity_and_day(scene):
    meetings = a_line(scene, activities=("meeting",))
    rest = a_line(scene, cost_code="WI-02", activities=("",))
    assert a_sent_claim(scene).budget_line == meetings
    draft = factories.a_claim(scene.programme, scene.person.person, policy=scene.policy)
    Claim.objects.filter(pk=draft.pk).update(activity="workshop")
    assert sending.submit(claim=draft, by=scene.person).budget_line == rest
    before = meetings.starts_on - dt.timedelta(days=1)
    old = factories.a_claim(scene.programme, scene.person.person, policy=scene.policy, activity_date=before)
    assert sending.submit(claim=old, by=scene.person, late_reason="I forgot.").budget_line is None


def test_claims_that_wait_on_no_line_go_to_a_new_one(scene):
    waiting = a_sent_claim(scene)
    decided = factories.a_claim(scene.programme, scene.person.person, Status.APPROVED, policy=scene.policy)
    a_line(scene, cost_code="WI-00", activities=("workshop",))
    line = a_line(scene)
    waiting.refresh_from_db()
    decided.refresh_from_db()
    assert (waiting.budget_line, decided.budget_line) == (line, None)
    assert list(budget_queries.claims_without_line(scene.staff, scene.programme)) == [decided]


def test_staff_and_finance_choose_another_line_until_a_run_takes_the_claim(scene, claim_in):
    line, other = a_line(scene), a_line(scene, cost_code="WI-02", activities=())
    claim = a_sent_claim(scene)
    for user in (scene.person, scene.steering, scene.finance_elsewhere, scene.administrator):
        with pytest.raises(BudgetError):
            budget_actions.choose_line(claim=claim, line=other, by=user)
    assert budget_actions.choose_line(claim=claim, line=other, by=scene.staff).budget_line == other
    assert budget_actions.choose_line(claim=claim, line=line, by=scene.finance).budget_line == line
    in_run = claim_in(Status.IN_RUN, budget_line=line)
    with pytest.raises(BudgetError, match="until a payment run takes"):
        budget_actions.choose_line(claim=in_run, line=other, by=scene.finance)
    assert refused("UPDATE payments_claim SET budget_line_id = %s WHERE id = %s", other.pk, in_run.pk)


def test_a_line_chosen_by_hand_stays_when_a_question_is_answered(scene):
    a_line(scene)
    other = a_line(scene, cost_code="WI-02", activities=())
    claim = budget_actions.choose_line(claim=a_sent_claim(scene), line=other, by=scene.staff)
    decisions.return_with_question(claim=claim, by=scene.staff, question="Which day?")
    assert sending.answer(claim=claim, by=scene.person, answer="Monday.").budget_line == other


def test_a_claim_goes_to_no_line_that_is_closed_or_of_another_programme(scene):
    claim = a_sent_claim(scene)
    line = amend_line(a_line(scene, activities=()), scene.finance, closed=True)
    with pytest.raises(BudgetError, match="is closed"):
        budget_actions.choose_line(claim=claim, line=line, by=scene.staff)
    elsewhere = a_line(scene, programme=scene.other, by=scene.finance_elsewhere)
    with pytest.raises(BudgetError, match="another programme"):
        budget_actions.choose_line(claim=claim, line=elsewhere, by=scene.staff)
    assert refused("UPDATE payments_claim SET budget_line_id = %s WHERE id = %s", elsewhere.pk, claim.pk)


def test_a_closed_line_takes_no_claims(scene):
    line = amend_line(a_line(scene), scene.finance, closed=True)
    assert not line.rules.exists()
    claim = a_sent_claim(scene)
    assert claim.budget_line is None
    Claim.objects.filter(pk=claim.pk).update(budget_line=line)
    with pytest.raises(BudgetError, match="is closed"):
        decisions.approve(claim=claim, by=scene.staff)


# Where the money is


def test_the_figures_of_a_line_come_in_one_query(scene, claim_in, django_assert_num_queries):
    line = a_line(scene, amount_pence=100_000)
    a_line(scene, cost_code="WI-02", activities=())
    for status, pence in (
        (Status.DRAFT, 1),
        (Status.WITHDRAWN, 2),
        (Status.DECLINED, 4),
        (Status.SUBMITTED, 1000),
        (Status.RETURNED, 2000),
        (Status.APPROVED, 4000),
        (Status.PARTLY_APPROVED, 8001),
        (Status.PAYMENT_FAILED, 3000),
        (Status.IN_RUN, 5000),
        (Status.PAID, 6000),
    ):
        claim_in(status, amount_pence=pence, budget_line=line)
    with django_assert_num_queries(1):
        first, second = list(BudgetLine.objects.with_figures().order_by("cost_code"))
    assert (first.pending_pence, first.committed_pence, first.paid_pence) == (3000, 20_000, 6000)
    assert (first.free_pence, first.left_pence) == (74_000, 71_000)
    assert (second.pending_pence, second.committed_pence, second.paid_pence) == (0, 0, 0)
    assert second.left_pence == 100_000


def test_a_fee_that_is_not_taken_stays_in_the_budget(scene):
    line = a_line(scene)
    draft = factories.a_claim(scene.programme, scene.person.person, policy=scene.policy, recognition="none")
    filling.add_expense(claim=draft, by=scene.person, kind="mileage", description="", miles=10)
    claim = sending.submit(claim=draft, by=scene.person)
    assert line_figures(line).pending_pence == 5400
    decisions.approve(claim=claim, by=scene.staff)
    assert line_figures(line).committed_pence == 400
