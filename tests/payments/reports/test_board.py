"""Money on the dashboard: what the steering group reads, and no number with few people behind it."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.utils import timezone

from payments.reports import board, periods
from programmes.models import Role
from tests import factories as make
from tests.helpers.budgets import a_line
from tests.helpers.client import page_text, signed_in
from tests.helpers.reporting import a_settled_claim


@pytest.fixture
def programme(db):
    today = timezone.localdate()
    return make.a_programme(
        "Wellbeing Our Way",
        slug="wow",
        starts_on=today.replace(day=1) - dt.timedelta(days=200),
        ends_on=today + dt.timedelta(days=500),
    )


def figures(programme, user=None):
    shown = board.money(user, programme, timezone.localdate())
    return {str(figure.label): figure for figure in shown.figures}


def settle(programme, number, *, days_late=0, paid=True, **more):
    today = timezone.localdate()
    sent = today - dt.timedelta(days=40)
    for each in range(number):
        a_settled_claim(
            programme,
            make.a_person(f"Paid Person{each}"),
            activity_on=sent - dt.timedelta(days=5),
            sent_on=sent,
            approved_on=sent + dt.timedelta(days=1),
            pay_by=sent + dt.timedelta(days=14),
            paid_on=sent + dt.timedelta(days=14 + days_late) if paid else None,
            **more,
        )


def test_a_programme_without_money_says_so(programme):
    assert "no budget" in board.money(None, programme, timezone.localdate()).nothing


@pytest.mark.parametrize(("people", "share"), [(4, None), (5, "100%")])
def test_paid_on_time_is_shown_from_the_smallest_number_of_people_on(programme, people, share):
    settle(programme, people)
    assert figures(programme)["paid on time this year"].value == share


def test_the_share_is_rounded_down_and_counts_what_is_late_and_unpaid(programme):
    settle(programme, 5)
    settle(programme, 1, days_late=3)
    settle(programme, 1, paid=False)
    found = figures(programme)
    assert found["paid on time this year"].value == "71%"
    assert found["late and not paid yet"].value is None and found["late and not paid yet"].attention


def test_late_claims_of_enough_people_are_counted_and_open_the_list_for_staff_alone(programme):
    settle(programme, 5, paid=False)
    staff = make.with_role(programme, Role.STAFF, "Stella Staffordly")
    member = make.with_role(programme, Role.STEERING, "Molly Member")
    late = figures(programme, staff)["late and not paid yet"]
    assert late.value == "5" and signed_in(staff).get(late.url).status_code == 200
    assert figures(programme, member)["late and not paid yet"].url == ""
    shown = board.money(member, programme, timezone.localdate())
    assert "Programme staff and finance can open the payments" in shown.note
    assert not board.money(staff, programme, timezone.localdate()).note


def test_declined_and_donated_are_those_of_the_report_of_the_last_whole_quarter(programme):
    today = timezone.localdate()
    quarter = periods.offered(periods.QUARTER, today, programme, ended=True)[0]
    day = quarter.last - dt.timedelta(days=20)
    for recognition, number in (("all", 6), ("none", 7), ("charity", 1)):
        for each in range(number):
            person = make.a_person(f"{recognition.title()} Person{each}")
            a_settled_claim(programme, person, activity_on=day, sent_on=day, approved_on=day, recognition=recognition)
    found = figures(programme)
    assert found[f"declined payment, {quarter}"].value == "7"
    assert found[f"gave it to charity, {quarter}"].value is None


@pytest.mark.parametrize(("people", "spent"), [(4, "too few to show"), (5, "£250.00")])
def test_what_is_spent_of_a_budget_line_is_shown_where_enough_people_share_it(programme, people, spent):
    today = timezone.localdate()
    finance = make.with_role(programme, Role.FINANCE, "Finn Ledger")
    line = a_line(SimpleNamespace(programme=programme, finance=finance))
    settle(programme, people, paid=False)
    programme.claims.update(budget_line=line)
    bar = board.money(None, programme, today).chart.bars[0]
    assert bar.cells[1] == spent
    member = make.with_role(programme, Role.STEERING, "Molly Member")
    page = page_text(signed_in(member).get("/programmes/wow/dashboard/"))
    assert line.name in page and f"/budget/{line.pk}/" not in page
    assert ("£250.00" in page) == (people == 5)
