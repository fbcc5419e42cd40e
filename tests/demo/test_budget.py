"""The demo's budget: two lines of the second year, with every claim of it on one of them."""

from django.utils import timezone

from payments.budgets import forecast
from payments.budgets import queries as budget_queries
from payments.models import BudgetLine, Claim
from programmes.models import Programme


def test_the_demo_has_two_budget_lines_and_every_claim_is_on_one(demo):
    programme = Programme.objects.get(slug="wellbeing-our-way")
    lines = BudgetLine.objects.filter(programme=programme).effective_on(timezone.localdate())
    days, steering = lines.with_figures().order_by("cost_code")
    assert (days.cost_code, steering.cost_code) == ("WOW-4110", "WOW-4120")
    assert [row.amount_pence for row in budget_queries.amounts_of_line(days)] == [560_000, 480_000]
    assert min(days.pending_pence, days.committed_pence, days.paid_pence, days.left_pence) > 0
    expected = forecast.pence_by_line(forecast.forecast(programme))[steering.pk]
    assert 0 < expected < steering.left_pence
    assert not Claim.objects.filter(programme=programme, budget_line=None, submitted_at__isnull=False).exists()
