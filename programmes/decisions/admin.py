"""Decisions in the admin, to look at."""

from django.contrib import admin

from people.read_only_admin import ReadOnlyAdmin
from programmes.decisions.models import Decision


# Positions are left out: a member who chose not to be named is not named here either.
@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    list_display = ["title", "programme", "group", "status", "outcome", "decided_on"]
    list_filter = ["status", "outcome", "programme"]
    search_fields = ["title", "version__wording"]
    list_select_related = ["programme", "group"]
