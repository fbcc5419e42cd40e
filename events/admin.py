"""Events in Django's admin site: to look things up, never to change them. Every change goes through an action."""

from django.contrib import admin

from people.admin import ReadOnlyAdmin

from .models import Attendance, Event, Invitation


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ["title", "programme", "kind", "starts_at", "status"]
    list_filter = ["status", "kind", "programme"]
    search_fields = ["title", "venue_name"]
    list_select_related = ["programme"]
    date_hierarchy = "starts_at"


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = ["person", "event", "reply", "replied_at"]
    list_filter = ["reply"]
    search_fields = ["person__full_name", "event__title"]
    list_select_related = ["person", "event"]
    # The key of a personal link is for its person alone.
    exclude = ["link_key"]


@admin.register(Attendance)
class AttendanceAdmin(ReadOnlyAdmin):
    list_display = ["person", "event", "came", "recorded_at"]
    list_filter = ["came"]
    search_fields = ["person__full_name", "event__title"]
    list_select_related = ["person", "event"]
