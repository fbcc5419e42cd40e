"""Events in the admin, to look at."""

from django.contrib import admin

from events.planning.models import Event
from people.read_only_admin import ReadOnlyAdmin


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ["title", "programme", "kind", "starts_at", "status"]
    list_filter = ["status", "kind", "programme"]
    search_fields = ["title", "venue_name"]
    list_select_related = ["programme"]
    date_hierarchy = "starts_at"
