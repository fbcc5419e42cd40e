"""Show in the admin, to look at, which contributions were made at which event."""

from django.contrib import admin

from events.said.models import SaidAtEvent
from people.read_only_admin import ReadOnlyAdmin


@admin.register(SaidAtEvent)
class SaidAtEventAdmin(ReadOnlyAdmin):
    list_display = ["event", "contribution"]
    list_select_related = ["event", "contribution"]
