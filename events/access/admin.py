"""Access at events in the admin, to look at; how long before an event things are arranged, to add to."""

from django.contrib import admin

from events.access.models import Arrangement, ArrangementDays, EventNeed
from people.read_only_admin import ReadOnlyAdmin


@admin.register(Arrangement)
class ArrangementAdmin(ReadOnlyAdmin):
    list_display = ["title", "event", "owner", "due_on", "status"]
    list_filter = ["status", "kind"]
    list_select_related = ["event", "owner"]


@admin.register(EventNeed)
class EventNeedAdmin(ReadOnlyAdmin):
    list_display = ["person", "event", "kind", "result", "reply"]
    list_filter = ["result", "kind"]
    list_select_related = ["person", "event"]


@admin.register(ArrangementDays)
class ArrangementDaysAdmin(ReadOnlyAdmin):
    list_display = ["kind", "effective_from", "days_before"]
