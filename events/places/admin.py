"""Places and waiting lists in the admin, to look at; how long offers are held, to add to."""

from django.contrib import admin

from events.places.models import OfferRules, Places, WaitingPlace
from people.read_only_admin import ReadOnlyAdmin


@admin.register(Places)
class PlacesAdmin(ReadOnlyAdmin):
    list_display = ["event", "number", "kept", "open_from", "closed_at"]
    list_select_related = ["event"]


@admin.register(WaitingPlace)
class WaitingPlaceAdmin(ReadOnlyAdmin):
    list_display = ["invitation", "status", "since", "until"]
    list_filter = ["status"]
    list_select_related = ["invitation__person", "invitation__event"]


@admin.register(OfferRules)
class OfferRulesAdmin(admin.ModelAdmin):
    list_display = ["effective_from", "hours", "by_hand_hours", "near_within", "near_hours", "none_within"]
