"""Saved lists, and how often people wish to be invited, in the admin, to look at."""

from django.contrib import admin

from events.choosing.models import InvitationLimit, SavedList
from people.read_only_admin import ReadOnlyAdmin


@admin.register(SavedList)
class SavedListAdmin(ReadOnlyAdmin):
    list_display = ["name", "programme", "made_by", "made_at"]
    list_select_related = ["programme", "made_by"]


@admin.register(InvitationLimit)
class InvitationLimitAdmin(ReadOnlyAdmin):
    list_display = ["person", "number", "months", "set_at"]
    list_select_related = ["person"]
