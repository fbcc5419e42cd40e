"""Events in Django's admin site: to look things up, never to change them. Every change goes through an action."""

from django.contrib import admin

from .models import Attendance, Event, Invitation


class ReadOnly(admin.ModelAdmin):
    """Shows rows and changes none."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Event)
class EventAdmin(ReadOnly):
    list_display = ["title", "programme", "kind", "starts_at", "status"]
    list_filter = ["status", "kind", "programme"]
    search_fields = ["title", "venue_name"]
    list_select_related = ["programme"]
    date_hierarchy = "starts_at"


@admin.register(Invitation)
class InvitationAdmin(ReadOnly):
    list_display = ["person", "event", "reply", "replied_at"]
    list_filter = ["reply"]
    search_fields = ["person__full_name", "event__title"]
    list_select_related = ["person", "event"]
    # The key of a personal link is for its person alone.
    exclude = ["link_key"]


@admin.register(Attendance)
class AttendanceAdmin(ReadOnly):
    list_display = ["person", "event", "came", "recorded_at"]
    list_filter = ["came"]
    search_fields = ["person__full_name", "event__title"]
    list_select_related = ["person", "event"]
