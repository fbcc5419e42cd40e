"""Addresses of budgets."""

from django.urls import path

from .views import budget, claims

urlpatterns = [
    path("claims/<int:pk>/budget/", claims.claim_budget, name="claim_budget"),
    path("claims/<int:pk>/over-budget/", claims.claim_over_budget, name="claim_over_budget"),
    path("programmes/<slug:slug>/budget/", budget.budget, name="budget"),
    path("programmes/<slug:slug>/budget/new/", budget.budget_line_new, name="budget_line_new"),
    path("programmes/<slug:slug>/budget/no-line/", budget.budget_no_line, name="budget_no_line"),
    path("programmes/<slug:slug>/budget/<int:pk>/", budget.budget_line, name="budget_line"),
    path("programmes/<slug:slug>/budget/<int:pk>/change/", budget.budget_line_change, name="budget_line_change"),
]
