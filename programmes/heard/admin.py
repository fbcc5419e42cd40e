"""Contributions in the admin, to look at. Who said them is left out, as it is from pages."""

from django.contrib import admin

from people.read_only_admin import ReadOnlyAdmin
from programmes.heard.models import Contribution, FewestShown


@admin.register(Contribution)
class ContributionAdmin(ReadOnlyAdmin):
    list_display = ["theme", "programme", "status", "said_on", "due_on"]
    list_filter = ["status", "way", "programme"]
    search_fields = ["theme"]
    list_select_related = ["programme"]


@admin.register(FewestShown)
class FewestShownAdmin(ReadOnlyAdmin):
    list_display = ["readers", "effective_from", "fewest"]
