"""Budget lines: setting them, which claims go to them, where the money is, and approval that keeps to them."""

import datetime as dt
from functools import partial

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from events.models import Event
from payments.approval.actions import decisions
from payments.approval.actions.decisions import LineDecision, NeedsIndividualReviewError
from payments.budgets import actions as budget_actions
from payments.budgets import charging, forecast
from payments.budgets import queries as budget_queries
from payments.budgets.charging import BudgetError, OverBudgetError
from payments.claims.actions import filling, sending
from payments.models import BudgetLine, BudgetOverride, BudgetRule, Claim, ClaimLine
from people.models import User
from programmes.models import Programme, Role
from tests import factories
from tests.helpers.budgets import a_line, a_sent_claim, amend_line, line_figures
from tests.helpers.database import refused
from tests.helpers.threads import at_once

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
    kept = [(row["amount_pence"], row["reason"], row["by"]) for row in budget_queries.amounts_of_line(line)]
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


# Events to come


def test_the_forecast_counts_people_who_said_yes_and_the_usual_share_of_the_others(scene):
    line = a_line(scene, activities=("",))
    people = [factories.with_role(scene.programme, Role.LIVED_EXPERIENCE) for _n in range(8)]
    past = factories.an_event(scene.programme, days=-20, kind=Event.Kind.WORKSHOP)
    for number, user in enumerate(people):
        factories.an_invitation(
            past, user.person, reply="coming" if number < 6 else "not_coming", replied_at=timezone.now()
        )
    # A partner's people are not paid.
    factories.an_invitation(past, factories.a_person(), reply="coming", replied_at=timezone.now())
    for pence in (1000, 501):
        claim = factories.a_claim(
            scene.programme, factories.a_person(), policy=scene.policy, event=past, activity_date=past.day
        )
        ClaimLine.objects.create(
            claim=claim, category="expense", expense_kind="taxi", description="Taxi", on=past.day, amount_pence=pence
        )
        Claim.objects.filter(pk=claim.pk).update(
            status="submitted", submitted_at=timezone.now(), submitted_by=claim.person, pay_by=timezone.localdate()
        )
    coming = factories.an_event(scene.programme, days=9, hours=3, kind=Event.Kind.WORKSHOP)
    for number, user in enumerate(people):
        reply = ("coming", "coming", "not_coming", "not_sure")[number] if number < 4 else ""
        factories.an_invitation(coming, user.person, reply=reply, replied_at=timezone.now() if reply else None)
    (found,) = forecast.forecast(scene.programme)
    rate = forecast.yes_rate(scene.programme)
    assert (rate.yes, rate.invited) == (6, 8)
    # Five have not said; of those, six eighths are 3.75.
    assert (found.said_yes, found.maybe, found.expected_maybe, found.people) == (2, 5, 4, 6)
    fee = scene.policy.fee_rule_for("workshop").half_day_pence
    assert (found.fee_pence, found.expenses_pence, found.same_kind) == (fee, 751, True)
    assert found.pence == 6 * (fee + 751)
    assert found.line == line
    assert forecast.pence_by_line([found]) == {line.pk: found.pence}
    assert line_figures(line).pending_pence == 0


def test_the_forecast_leaves_out_cancelled_events_and_uses_all_kinds_where_one_is_new(scene):
    past = factories.an_event(scene.programme, days=-20, kind=Event.Kind.MEETING)
    claim = factories.a_claim(scene.programme, scene.person.person, policy=scene.policy, event=past)
    ClaimLine.objects.create(
        claim=claim, category="expense", expense_kind="taxi", description="Taxi", on=past.day, amount_pence=800
    )
    Claim.objects.filter(pk=claim.pk).update(
        status="submitted", submitted_at=timezone.now(), submitted_by=claim.person, pay_by=timezone.localdate()
    )
    factories.an_event(scene.programme, days=4, status=Event.Status.CANCELLED)
    online = factories.an_event(scene.programme, days=5, kind=Event.Kind.ONLINE)
    factories.an_invitation(online, scene.person.person)
    (found,) = forecast.forecast(scene.programme)
    assert (found.expenses_pence, found.same_kind, found.line) == (800, False, None)
    # Nobody was invited before, so whoever is invited is counted.
    assert (found.said_yes, found.expected_maybe) == (0, 1)


def test_the_forecast_takes_the_same_queries_for_many_events(scene, django_assert_num_queries):
    a_line(scene)

    def queries_for(events):
        for _n in range(events):
            event = factories.an_event(scene.programme, days=6)
            factories.an_invitation(event, scene.person.person)
        with django_assert_num_queries(9):
            return len(forecast.forecast(scene.programme))

    assert queries_for(3) == 3
    assert queries_for(27) == 30


def test_a_programme_with_nothing_to_come_has_no_forecast(scene):
    assert forecast.forecast(scene.programme) == []
    assert forecast.pence_by_line([]) == {}


@pytest.mark.parametrize(
    ("first", "last", "on", "expected"),
    [
        ("2025-04-01", "2028-03-31", "2026-03-31", ("2025-04-01", "2026-03-31")),
        ("2025-04-01", "2028-03-31", "2026-04-01", ("2026-04-01", "2027-03-31")),
        ("2025-04-01", "2026-09-30", "2026-05-01", ("2026-04-01", "2026-09-30")),
        ("2024-02-29", "2028-02-28", "2025-02-28", ("2024-02-29", "2025-02-27")),
        ("2025-04-01", "2028-03-31", "2024-01-01", ("2025-04-01", "2026-03-31")),
    ],
)
def test_funding_years_are_counted_from_the_first_day(first, last, on, expected):
    day = dt.date.fromisoformat
    programme = Programme(starts_on=day(first), ends_on=day(last))
    assert budget_queries.year_of(programme, day(on)) == tuple(map(day, expected))


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
