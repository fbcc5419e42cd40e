"""Vision, aims and changes in the admin, to look at."""

from django.contrib import admin

from people.read_only_admin import ReadOnlyAdmin
from programmes.impact.models import Activity, Aim, Change, ImpactSharing, Vision


@admin.register(Vision)
class VisionAdmin(ReadOnlyAdmin):
    list_display = ["words", "programme", "effective_from"]
    list_filter = ["programme"]
    list_select_related = ["programme"]


@admin.register(Aim)
class AimAdmin(ReadOnlyAdmin):
    list_display = ["title", "programme", "position", "starts_on", "ends_on"]
    list_filter = ["programme"]
    list_select_related = ["programme"]


@admin.register(Activity)
class ActivityAdmin(ReadOnlyAdmin):
    list_display = ["name", "programme", "rung", "starts_on"]
    list_filter = ["programme", "rung"]
    list_select_related = ["programme"]


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    list_display = ["title", "programme", "for_whom", "happened_on"]
    list_filter = ["programme"]
    list_select_related = ["programme"]


@admin.register(ImpactSharing)
class ImpactSharingAdmin(ReadOnlyAdmin):
    list_display = ["programme", "shared_at", "ended_at"]
    list_select_related = ["programme"]
