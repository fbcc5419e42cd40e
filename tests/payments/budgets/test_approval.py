"""Approval keeps to the budget, one claim at a time, many at once, and two at the same moment."""

from functools import partial

import pytest
from django.utils import timezone

from payments.approval.actions import decisions
from payments.approval.actions.decisions import LineDecision, NeedsIndividualReviewError
from payments.budgets import actions as budget_actions
from payments.budgets import charging
from payments.budgets.charging import BudgetError, OverBudgetError
from payments.models import BudgetOverride, Claim
from people.models import User
from programmes.models import Role
from tests import factories
from tests.helpers.budgets import a_line, a_sent_claim, amend_line, line_figures
from tests.helpers.database import refused
from tests.helpers.threads import at_once

Status = Claim.Status

# Approval keeps to the budget


def test_approval_over_budget_is_refused_and_says_by_how_much(scene):
    line = a_line(scene, amount_pence=9000)
    first, second = a_sent_claim(scene, 5000), a_sent_claim(scene, 5000)
    decisions.approve(claim=first, by=scene.staff)
    with pytest.raises(OverBudgetError, match=r"£10\.00 over its £90\.00") as error:
        decisions.approve(claim=second, by=scene.staff)
    assert (error.value.claim.pk, error.value.line, error.value.over_pence) == (second.pk, line, 1000)
    second.refresh_from_db()
    assert second.status == Status.SUBMITTED
    assert second.lines.get().approved_pence is None


def test_a_claim_may_take_the_last_penny(scene):
    line = a_line(scene, amount_pence=5000)
    decisions.approve(claim=a_sent_claim(scene, 5000), by=scene.staff)
    assert line_figures(line).left_pence == 0


def test_finance_lets_one_claim_go_over_budget_by_name_with_a_reason(scene):
    line = a_line(scene, amount_pence=4000)
    claim = a_sent_claim(scene, 5000)
    for user in (scene.staff, scene.administrator, scene.finance_elsewhere, scene.person):
        with pytest.raises(BudgetError):
            budget_actions.allow_over(claim=claim, by=user, reason="It was agreed.", up_to_pence=1000)
    with pytest.raises(BudgetError, match="Say why"):
        budget_actions.allow_over(claim=claim, by=scene.finance, reason=" ", up_to_pence=1000)
    budget_actions.allow_over(claim=claim, by=scene.finance, reason="Almost enough.", up_to_pence=999)
    with pytest.raises(OverBudgetError):
        decisions.approve(claim=claim, by=scene.staff)
    budget_actions.allow_over(claim=claim, by=scene.finance, reason="The funder agreed.", up_to_pence=2000)
    decisions.approve(claim=claim, by=scene.staff)
    used = BudgetOverride.objects.get(over_by_pence__isnull=False)
    assert (used.over_by_pence, used.by, used.line, used.reason) == (
        1000,
        scene.finance.person,
        line,
        "The funder agreed.",
    )
    assert line_figures(line).left_pence == -1000
    assert refused("UPDATE payments_budgetoverride SET reason = 'Other' WHERE id = %s", used.pk)
    assert refused("UPDATE payments_budgetoverride SET over_by_pence = 1 WHERE id = %s", used.pk)
    assert refused("DELETE FROM payments_budgetoverride WHERE id = %s", used.pk)


def test_whoever_lets_a_claim_go_over_budget_does_not_approve_it(scene):
    a_line(scene, amount_pence=4000)
    factories.with_role(scene.programme, Role.FINANCE, user=scene.staff)
    both = User.objects.get(pk=scene.staff.pk)
    claim = a_sent_claim(scene, 5000)
    budget_actions.allow_over(claim=claim, by=both, reason="I say so.", up_to_pence=1000)
    with pytest.raises(BudgetError, match="somebody else approves"):
        decisions.approve(claim=claim, by=both)
    decisions.approve(claim=claim, by=scene.staff_two)


def test_nobody_lets_their_own_claim_go_over_budget(scene):
    line = a_line(scene, amount_pence=4000)
    own = factories.a_claim(scene.programme, scene.finance.person, Status.SUBMITTED, policy=scene.policy)
    Claim.objects.filter(pk=own.pk).update(budget_line=line)
    own.refresh_from_db()
    with pytest.raises(BudgetError, match="your own claim"):
        budget_actions.allow_over(claim=own, by=scene.finance, reason="Mine.", up_to_pence=1000)
    with pytest.raises(BudgetError, match="your own claim"):
        budget_actions.choose_line(claim=own, line=line, by=scene.finance)
    assert refused(
        "INSERT INTO payments_budgetoverride (claim_id, line_id, by_id, at, reason, up_to_pence)"
        " VALUES (%s, %s, %s, now(), 'Mine', 1000)",
        own.pk,
        line.pk,
        scene.finance.person.pk,
    )


@pytest.mark.parametrize("status", Status.values)
def test_going_over_budget_is_allowed_before_approval_only(scene, claim_in, status):
    line = a_line(scene)
    claim = claim_in(status, budget_line=line)
    if status in {Status.SUBMITTED, Status.RETURNED}:
        assert budget_actions.allow_over(claim=claim, by=scene.finance, reason="Yes.", up_to_pence=1)
    else:
        with pytest.raises(BudgetError):
            budget_actions.allow_over(claim=claim, by=scene.finance, reason="Yes.", up_to_pence=1)


@pytest.mark.parametrize("status", Status.values)
def test_the_line_of_a_claim_is_chosen_between_sending_it_and_a_run(scene, claim_in, status):
    claim = claim_in(status)
    line = a_line(scene, activities=())
    if status in {Status.SUBMITTED, Status.RETURNED, Status.APPROVED, Status.PARTLY_APPROVED}:
        assert budget_actions.choose_line(claim=claim, line=line, by=scene.finance_two).budget_line == line
    else:
        with pytest.raises(BudgetError):
            budget_actions.choose_line(claim=claim, line=line, by=scene.finance_two)


def test_where_there_are_budget_lines_approval_asks_for_one(scene):
    claim = a_sent_claim(scene)
    line = a_line(scene, activities=())
    with pytest.raises(BudgetError, match="Choose the budget line") as error:
        decisions.approve(claim=claim, by=scene.staff)
    assert error.value.field == "budget_line"
    budget_actions.choose_line(claim=claim, line=line, by=scene.staff)
    decisions.approve(claim=claim, by=scene.staff)


def test_without_budget_lines_there_is_nothing_to_keep_to(scene):
    assert decisions.approve(claim=a_sent_claim(scene), by=scene.staff).status == Status.APPROVED


def test_an_approved_claim_moves_only_to_a_line_that_has_enough_left(scene):
    a_line(scene)
    small = a_line(scene, cost_code="WI-02", activities=(), amount_pence=4999)
    claim = decisions.approve(claim=a_sent_claim(scene, 5000), by=scene.staff)
    with pytest.raises(OverBudgetError, match=r"£0\.01 over"):
        budget_actions.choose_line(claim=claim, line=small, by=scene.finance)
    amend_line(small, scene.finance, amount_pence=5000, reason="A penny more.")
    budget_actions.choose_line(claim=claim, line=small, by=scene.finance)
    assert line_figures(small).committed_pence == 5000


@pytest.mark.django_db(transaction=True)
def test_two_approvals_at_once_never_both_take_what_is_left_for_one():
    programme = factories.a_programme("At Once")
    policy = factories.a_policy(programme)
    finance = factories.with_role(programme, Role.FINANCE)
    officers = [factories.with_role(programme, Role.STAFF, f"Officer {name}") for name in ("One", "Two")]
    today = timezone.localdate()
    for number in range(10):
        line = budget_actions.add_line(
            programme=programme,
            by=finance,
            cost_code=f"AO-{number}",
            name="For one",
            funder="The Invented Fund",
            starts_on=today,
            ends_on=today,
            amount_pence=7000,
        )
        both = [
            factories.a_claim(
                programme, factories.a_person(), "submitted", policy=policy, amount_pence=5000, budget_line=line
            )
            for _n in range(2)
        ]
        results = at_once(
            *[partial(decisions.approve, claim=claim, by=user) for user, claim in zip(officers, both, strict=True)],
            expected=OverBudgetError,
        )
        assert {type(result) for result in results} == {Claim, OverBudgetError}
        assert line_figures(line).committed_pence == 5000


# Many claims at once


def test_what_stands_against_many_claims_is_told_claim_by_claim(scene, django_assert_num_queries):
    line = a_line(scene, amount_pence=9000)
    first, second, third, fourth = (a_sent_claim(scene, pence) for pence in (5000, 5000, 4000, 100))
    budget_actions.allow_over(claim=fourth, by=scene.finance, reason="Agreed.", up_to_pence=100)
    chosen = list(Claim.objects.order_by("pk").prefetch_related("lines"))
    with django_assert_num_queries(3):
        against = charging.budget_blockers(chosen, scene.staff)
    assert against == {second.pk: "It would take Line WI-01 (WI-01) £10.00 over budget."}
    factories.with_role(scene.programme, Role.STAFF, user=scene.finance)
    against = charging.budget_blockers(chosen, scene.finance)
    assert against[fourth.pk] == "You let it go over budget, so somebody else approves it."
    amend_line(line, scene.finance, closed=True)
    Claim.objects.filter(pk=third.pk).update(budget_line=None)
    against = charging.budget_blockers(list(Claim.objects.order_by("pk").prefetch_related("lines")), scene.staff)
    assert against[third.pk] == "It is on no budget line yet."
    assert "is closed" in against[first.pk]


def test_approving_many_at_once_keeps_to_the_budget_all_or_nothing(scene):
    line = a_line(scene, amount_pence=9000)
    first, second, third = (a_sent_claim(scene, pence) for pence in (5000, 5000, 4000))
    with pytest.raises(NeedsIndividualReviewError, match=second.reference) as error:
        decisions.approve_many(programme=scene.programme, claims=[first, second, third], by=scene.staff)
    ((refused_claim, why),) = error.value.reasons
    assert (refused_claim, "£10.00 over budget" in why) == (second, True)
    assert line_figures(line).committed_pence == 0
    decisions.approve_many(programme=scene.programme, claims=[first, third], by=scene.staff)
    assert (line_figures(line).committed_pence, line_figures(line).free_pence) == (9000, 0)


def test_what_was_agreed_counts_not_what_was_asked(scene):
    line = a_line(scene, amount_pence=4000)
    claim = a_sent_claim(scene, 5000)
    decision = LineDecision(claim.lines.get(), 4000, "Four hours, not five.")
    decisions.approve(claim=claim, by=scene.staff, decisions=[decision])
    assert (line_figures(line).committed_pence, line_figures(line).left_pence) == (4000, 0)


def test_a_claim_not_approved_leaves_the_budget_alone(scene):
    line = a_line(scene, amount_pence=4000)
    decisions.decline(claim=a_sent_claim(scene, 5000), by=scene.staff, reason="It was cancelled.")
    assert line_figures(line).left_pence == 4000
