"""The demo's budget: two lines of the second year, with every claim of it on one of them."""

from django.utils import timezone

from payments.budgets import forecast
from payments.budgets import queries as budget_queries
from payments.models import Claim
from programmes.models import Programme


def test_the_demo_has_two_budget_lines_and_every_claim_is_on_one(demo):
    programme = Programme.objects.get(slug="wellbeing-our-way")
    days, steering = forecast.budget_figures(programme, timezone.localdate())
    assert (days.line.cost_code, steering.line.cost_code) == ("WOW-4110", "WOW-4120")
    assert [row["amount_pence"] for row in budget_queries.amounts_of_line(days.line)] == [560_000, 480_000]
    assert min(days.committed_pence, days.approved_pence, days.paid_pence, days.left_pence) > 0
    assert steering.forecast_pence > 0
    assert 0 < steering.left_after_forecast_pence < steering.left_pence
    assert not Claim.objects.filter(programme=programme, budget_line=None, submitted_at__isnull=False).exists()
