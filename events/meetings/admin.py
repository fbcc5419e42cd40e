"""Meetings in the admin, to look at."""

from django.contrib import admin

from events.meetings.models import Meeting
from people.read_only_admin import ReadOnlyAdmin


@admin.register(Meeting)
class MeetingAdmin(ReadOnlyAdmin):
    list_display = ["event", "group", "minutes", "agreed_on", "published_on"]
    list_filter = ["minutes", "group"]
    list_select_related = ["event", "group"]
