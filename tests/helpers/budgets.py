"""Budget lines and claims sent to them, made by the product's own actions."""

import datetime as dt

from django.utils import timezone

from payments.budgets import actions as budget_actions
from payments.budgets import queries as budget_queries
from payments.claims.actions import sending
from payments.models import BudgetLine, Claim
from tests import factories


def budget_year(programme):
    """Return the first and last day of this year of the budget."""
    return budget_queries.year_of(programme, timezone.localdate())


def a_line(scene, cost_code="WI-01", amount_pence=100_000, activities=("",), **fields):
    """Add a budget line of this year, to which every claim goes unless told, as finance."""
    starts_on, ends_on = budget_year(scene.programme)
    values = {
        "programme": scene.programme,
        "by": scene.finance,
        "cost_code": cost_code,
        "name": f"Line {cost_code}",
        "funder": "The Invented Fund",
        "starts_on": starts_on,
        "ends_on": ends_on,
        "amount_pence": amount_pence,
        "activities": activities,
    }
    return budget_actions.add_line(**{**values, **fields})


def amend_line(line, by, **fields):
    """Change the given fields of a budget line as the user `by`, and leave the others."""
    values = {
        "cost_code": line.cost_code,
        "name": line.name,
        "funder": line.funder,
        "starts_on": line.starts_on,
        "ends_on": line.ends_on,
        "amount_pence": line.amount_pence,
        "activities": list(line.rules.values_list("activity", flat=True)),
        "closed": line.closed,
    }
    return budget_actions.change_line(line=line, by=by, **{**values, **fields})


def a_sent_claim(scene, pence=5000, **fields):
    """Make a claim of the scene's person for a day of its own, and send it as they do."""
    fields.setdefault("activity_date", timezone.localdate() - dt.timedelta(days=5 + Claim.objects.count() % 20))
    claim = factories.a_claim(scene.programme, scene.person.person, policy=scene.policy, amount_pence=pence, **fields)
    return sending.submit(claim=claim, by=scene.person)


def line_figures(line):
    """Return the budget line with its sums, read again."""
    return BudgetLine.objects.with_figures().get(pk=line.pk)
