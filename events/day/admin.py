"""Attendance and what was noted at the door in the admin, to look at."""

from django.contrib import admin

from events.day.models import Attendance, DoorNote
from people.read_only_admin import ReadOnlyAdmin


@admin.register(Attendance)
class AttendanceAdmin(ReadOnlyAdmin):
    list_display = ["person", "event", "came", "recorded_at"]
    list_filter = ["came"]
    search_fields = ["person__search_key", "event__title"]
    list_select_related = ["person", "event"]


@admin.register(DoorNote)
class DoorNoteAdmin(ReadOnlyAdmin):
    list_display = ["person", "event", "what", "at", "noted_by", "received_at"]
    list_filter = ["what"]
    search_fields = ["person__search_key", "event__title"]
    list_select_related = ["person", "event", "noted_by"]
