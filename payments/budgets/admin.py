"""Budgets in the admin, to look at."""

from django.contrib import admin

from payments.budgets.models import BudgetLine, BudgetOverride
from people.read_only_admin import ReadOnlyAdmin


@admin.register(BudgetLine)
class BudgetLineAdmin(ReadOnlyAdmin):
    list_display = ["cost_code", "name", "programme", "starts_on", "ends_on", "amount_pence", "closed"]
    list_filter = ["closed", "programme"]
    list_select_related = ["programme"]


@admin.register(BudgetOverride)
class BudgetOverrideAdmin(ReadOnlyAdmin):
    list_display = ["claim", "line", "by", "at", "up_to_pence", "over_by_pence"]
    list_select_related = ["claim", "line", "by"]
