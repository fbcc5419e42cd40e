"""Sessions in the admin, to look at."""

from django.contrib import admin

from events.sessions.models import EventSession, Technique
from people.read_only_admin import ReadOnlyAdmin


@admin.register(EventSession)
class EventSessionAdmin(ReadOnlyAdmin):
    list_display = ["title", "event", "day", "starts", "ends", "room"]
    list_select_related = ["event"]


@admin.register(Technique)
class TechniqueAdmin(ReadOnlyAdmin):
    list_display = ["name", "programme"]
    list_select_related = ["programme"]
