"""Invitations in the admin, to look at."""

from django.contrib import admin

from events.inviting.models import CalendarFeed, Invitation, InvitationRules
from people.read_only_admin import ReadOnlyAdmin


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = ["person", "event", "reply", "replied_at"]
    list_filter = ["reply"]
    search_fields = ["person__search_key", "event__title"]
    list_select_related = ["person", "event"]
    # The key of a personal link is for its person alone.
    exclude = ["link_key"]


@admin.register(InvitationRules)
class InvitationRulesAdmin(ReadOnlyAdmin):
    list_display = ["effective_from", "link_days", "details_days"]


@admin.register(CalendarFeed)
class CalendarFeedAdmin(ReadOnlyAdmin):
    list_display = ["person", "made_at"]
    search_fields = ["person__search_key"]
    list_select_related = ["person"]
    # The address is for its person alone.
    exclude = ["key"]
