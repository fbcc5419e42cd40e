"""Venues in the admin, to look at."""

from django.contrib import admin

from events.venues.models import Venue, VenueCheckRule
from people.read_only_admin import ReadOnlyAdmin


@admin.register(Venue)
class VenueAdmin(ReadOnlyAdmin):
    list_display = ["name", "programme", "checked_on", "archived_at"]
    list_select_related = ["programme"]
    search_fields = ["name", "address"]


@admin.register(VenueCheckRule)
class VenueCheckRuleAdmin(ReadOnlyAdmin):
    list_display = ["effective_from", "months"]
