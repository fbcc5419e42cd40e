"""An expense far above the usual is asked about once, while it is typed; what was typed stays, and yes is enough."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from payments.approval.actions import approvers
from payments.claims.actions import filling
from payments.models import ClaimLine
from payments.policy import actions as policy_actions
from payments.policy.actions import ExpenseTerms
from payments.policy.calculations import half_or_full_day
from tests import factories
from tests.helpers.claims import approved_expenses
from tests.helpers.database import refused
from tests.helpers.policies import publish_at_once
from tests.payments.approval.test_approvers import LIMITS

QUESTION = "£1,000.00 is far more than usual. If it is right, tick the box below. If not, change it."


@pytest.fixture
def claim(claim_in):
    return claim_in("draft")


def post(client, claim, kind="public_transport", **answers):
    answers = {"amount": "1000", "description": "Bus to Leeds"} | answers
    return client.post(reverse("claim_expense_cost", args=[claim.pk, kind]), answers)


def spent():
    return [(line.amount_pence, line.miles) for line in ClaimLine.objects.filter(category="expense")]


def test_a_thousand_pounds_for_a_bus_is_asked_about_and_taken_when_it_is_right(scene, signed_in, claim):
    client = signed_in(scene.person)
    asked = post(client, claim)
    assert asked.status_code == 200
    error = re.search(r'<div id="id_amount_error">(.*?)</div>', asked.text, re.DOTALL)[1]
    assert QUESTION in error
    assert 'value="1000"' in asked.text
    assert 'value="Bus to Leeds"' in asked.text
    [mark] = re.findall(r'name="right" value="(\d+)"', asked.text)
    assert "Yes, it was £1,000.00" in asked.text
    assert "(optional)" not in asked.text[asked.text.index("Is that right?") :][:200]
    assert not spent()

    assert post(client, claim, right=mark).status_code == 302
    assert spent() == [(100_000, None)]


def test_it_is_asked_beside_the_amount_and_before_the_other_questions(scene, signed_in, claim):
    page = post(signed_in(scene.person), claim).text
    assert page.index('name="amount"') < page.index('name="right"') < page.index('name="description"')


def test_a_typing_mistake_is_put_right_without_more_questions(scene, signed_in, claim):
    client = signed_in(scene.person)
    assert post(client, claim).status_code == 200
    assert post(client, claim, amount="10.00").status_code == 302
    assert spent() == [(1000, None)]


def test_yes_to_one_amount_is_not_yes_to_another(scene, signed_in, claim):
    client = signed_in(scene.person)
    asked = post(client, claim, amount="2000", right="100000")
    assert asked.status_code == 200
    assert "£2,000.00 is far more than usual" in asked.text
    assert "checked" not in asked.text


def test_the_box_stays_ticked_when_something_else_is_wrong(scene, signed_in, claim):
    client = signed_in(scene.person)
    again = post(client, claim, kind="other", description="", right="100000")
    assert again.status_code == 200
    assert QUESTION not in again.text
    assert re.search(r'name="right" value="100000"[^>]*checked', again.text)


def test_an_amount_that_was_said_to_be_right_is_not_asked_about_again(scene, signed_in, claim):
    line = filling.add_expense(
        claim=claim, by=scene.person, kind="public_transport", description="Bus", amount_pence=100_000
    )
    client = signed_in(scene.person)
    url = reverse("claim_line_edit", args=[claim.pk, line.pk])
    assert client.post(url, {"amount": "1000.00", "description": "Sleeper train to Fort William"}).status_code == 302
    asked = client.post(url, {"amount": "1500", "description": "Sleeper train"})
    assert asked.status_code == 200
    assert "£1,500.00 is far more than usual" in asked.text


@pytest.mark.parametrize(("amount", "asks"), [("200", False), ("200.01", True)])
def test_without_examples_the_amount_on_record_decides(scene, signed_in, claim, amount, asks):
    assert ("far more than usual" in post(signed_in(scene.person), claim, amount=amount).text) is asks


@pytest.mark.parametrize(
    ("usual", "amount", "asks"), [(500, "200", False), (500, "201", True), (9000, "270", False), (9000, "270.01", True)]
)
def test_with_examples_it_must_also_be_many_times_the_usual(scene, signed_in, claim, usual, amount, asks):
    approved_expenses(scene, [usual] * 20, "public_transport")
    assert ("far more than usual" in post(signed_in(scene.person), claim, amount=amount).text) is asks


def test_too_few_examples_say_nothing_about_the_usual(scene, signed_in, claim):
    approved_expenses(scene, [9000] * 19, "public_transport")
    assert "far more than usual" in post(signed_in(scene.person), claim, amount="250").text


def test_miles_are_asked_about_in_the_same_way(scene, signed_in, claim):
    client = signed_in(scene.person)
    url = reverse("claim_expense_cost", args=[claim.pk, "mileage"])
    asked = client.post(url, {"miles": "240", "description": "Leeds"})
    assert "240 miles is far more than usual" in asked.text
    [mark] = re.findall(r'name="right" value="([\d.]+)"', asked.text)
    assert client.post(url, {"miles": "240", "description": "Leeds", "right": mark}).status_code == 302
    assert [miles for _pence, miles in spent()] == [Decimal(240)]
    assert client.post(url, {"miles": "150", "description": "Leeds"}).status_code == 302


def test_a_programme_sets_from_when_on_to_ask(scene, signed_in, claim):
    approvers.set_limits(programme=scene.programme, by=scene.staff, **LIMITS)
    assert "far more than usual" in post(signed_in(scene.person), claim, amount="150.01").text


def test_a_kind_with_a_limit_is_refused_by_it_and_not_asked_about(scene, signed_in):
    version = publish_at_once(
        programme=scene.programme,
        by=scene.staff,
        effective_from=timezone.localdate(),
        fees=[policy_actions.ActivityFee(half_or_full_day(5000, 10000, Decimal(4)))],
        pay_within_working_days=10,
        claim_window_months=3,
        expenses=[ExpenseTerms("public_transport", cap_pence=50_000)],
    )
    claim = factories.a_claim(scene.programme, scene.person.person, policy=version)
    client = signed_in(scene.person)
    refused_page = post(client, claim)
    assert "The most we can pay back" in refused_page.text
    assert "Is that right?" not in refused_page.text
    assert post(client, claim, amount="450").status_code == 302


@pytest.mark.parametrize("column", ["ask_above_pence", "ask_times_usual"])
def test_the_database_refuses_limits_of_asking_that_make_no_sense(scene, column):
    values = {"ask_above_pence": 1, "ask_times_usual": 1} | {column: 0}
    assert "limits_of_asking_make_sense" in refused(
        "INSERT INTO payments_warningthresholds (effective_from, picture_distance, usual_percent, usual_examples,"
        " usual_months, long_route_miles, set_at, ask_above_pence, ask_times_usual)"
        " VALUES (now(), 3, 95, 20, 12, 150, now(), %s, %s)",
        values["ask_above_pence"],
        values["ask_times_usual"],
    )
