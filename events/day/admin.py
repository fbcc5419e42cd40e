"""Attendance in the admin, to look at."""

from django.contrib import admin

from events.day.models import Attendance
from people.read_only_admin import ReadOnlyAdmin


@admin.register(Attendance)
class AttendanceAdmin(ReadOnlyAdmin):
    list_display = ["person", "event", "came", "recorded_at"]
    list_filter = ["came"]
    search_fields = ["person__search_key", "event__title"]
    list_select_related = ["person", "event"]
