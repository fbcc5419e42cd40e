"""Actions the demo's story has no use for leave rows, too, that say who acted and which action it was."""

import datetime as dt

import pytest
from django.utils import timezone

from payments.advances import actions as advances
from payments.approval.actions import approvers, decisions
from payments.budgets import actions as budget_actions
from payments.claims.actions import filling, sending
from payments.models import Claim
from payments.payees.actions import tax
from payments.policy import actions as policy
from payments.recognition import actions as recognition_actions
from payments.reports import actions as reports
from payments.runs.actions import runs
from people.accounts.actions import addresses
from programmes.groups.actions import groups
from programmes.language import actions as language
from programmes.members.actions import appointments
from programmes.programme.actions import partnerships, programmes
from tests import factories
from wellbeing.demo.clock import history_models


def today():
    return timezone.localdate()


def actors_of(name):
    """Return who acted according to each history row of the action `name`: ids of accounts."""
    return [
        user
        for model in history_models()
        for user in model.objects.filter(pgh_context__metadata__action=name).values_list(
            "pgh_context__metadata__user", flat=True
        )
    ]


def _claim(scene, status="submitted"):
    return factories.a_claim(scene.programme, scene.person.person, Claim.Status(status), policy=scene.policy)


def _advance(scene, by):
    return advances.record(
        programme=scene.programme, person=scene.person.person, by=by, amount_pence=500, paid_on=today(), how="cash"
    )


def _line(scene, by):
    return budget_actions.add_line(
        programme=scene.programme,
        by=by,
        cost_code="X1",
        name="Events",
        funder="Fund",
        starts_on=today(),
        ends_on=today() + dt.timedelta(days=30),
        amount_pence=100,
    )


def _run(scene, by):
    return runs.make_run(programme=scene.programme, claims=[_claim(scene, "approved")], by=by)


def _change(scene, by):
    return addresses.ask(person=scene.person.person, new_address="new@example.org", how="By phone", by=by)


CALLS = {
    "accounts.addresses.ask": ("staff", _change),
    "accounts.addresses.stop": ("staff", lambda scene, by: addresses.stop(change=_change(scene, by), by=by)),
    "advances.record": ("finance", _advance),
    "advances.close": ("finance", lambda scene, by: advances.close(advance=_advance(scene, by), by=by, reason="Back")),
    "approval.approvers.add": (
        "staff",
        lambda scene, by: approvers.add(
            programme=scene.programme, by=by, person=scene.staff_two.person, starts_on=today()
        ),
    ),
    "approval.decisions.note": (
        "staff",
        lambda scene, by: decisions.note(claim=_claim(scene), by=by, words="Rang her."),
    ),
    "approval.decisions.decline": (
        "staff",
        lambda scene, by: decisions.decline(claim=_claim(scene), by=by, reason="Not ours."),
    ),
    "approval.decisions.approve_many": (
        "staff",
        lambda scene, by: decisions.approve_many(programme=scene.programme, claims=[_claim(scene)], by=by),
    ),
    "budgets.add_line": ("finance", _line),
    "claims.sending.withdraw": ("person", lambda scene, by: sending.withdraw(claim=_claim(scene), by=by)),
    "claims.sending.reopen": (
        "person",
        lambda scene, by: sending.reopen(claim=sending.withdraw(claim=_claim(scene), by=by), by=by),
    ),
    "claims.filling.add_expense": (
        "person",
        lambda scene, by: filling.add_expense(
            claim=_claim(scene, "draft"), by=by, kind="parking", description="Car park", amount_pence=300
        ),
    ),
    "groups.create": (
        "staff",
        lambda scene, by: groups.create(programme=scene.programme, name="Readers", kind="community", by=by),
    ),
    "language.add": (
        "staff",
        lambda scene, by: language.add(
            programme=scene.programme, term="people", replaces="users", agreed_on=today(), by=by
        ),
    ),
    "members.appointments.propose": (
        "staff",
        lambda scene, by: appointments.propose(
            programme=scene.programme, person=scene.person.person, role="finance", by=by
        ),
    ),
    "members.appointments.give_creator_right": (
        "administrator",
        lambda scene, by: appointments.give_creator_right(person=scene.person.person, by=by),
    ),
    "payees.tax.decide": (
        "finance",
        lambda scene, by: tax.decide(
            person=_claim(scene, "approved").person,
            programme=scene.programme,
            by=by,
            treatment="payroll",
            effective_from=today(),
            note="HMRC said so.",
        ),
    ),
    "policy.add_closed_day": (
        "staff",
        lambda scene, by: policy.add_closed_day(programme=scene.programme, by=by, day=today(), name="Closed"),
    ),
    "programme.partnerships.add": (
        "staff",
        lambda scene, by: partnerships.add(programme=scene.programme, by=by, name="Invented Charity"),
    ),
    "programme.programmes.edit": (
        "staff",
        lambda scene, by: programmes.edit(programme=scene.programme, by=by, purpose="Another one"),
    ),
    "recognition.offer": (
        "finance",
        lambda scene, by: recognition_actions.offer(
            programme=scene.programme, by=by, effective_from=today(), vouchers=True
        ),
    ),
    "reports.set_monthly": (
        "finance",
        lambda scene, by: reports.set_monthly(
            programme=scene.programme, wanted={"spend": [scene.finance.person.pk]}, by=by
        ),
    ),
    "runs.make_run": ("finance", _run),
    "runs.cancel": ("finance", lambda scene, by: runs.cancel(run=_run(scene, by), by=by)),
}


@pytest.mark.parametrize("name", CALLS)
def test_a_call_leaves_rows_that_name_the_action_and_who_acted(scene, name):
    who, call = CALLS[name]
    by = getattr(scene, who)
    call(scene, by)
    assert set(actors_of(name)) == {by.pk}
