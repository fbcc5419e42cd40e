"""Policies in the admin, to look at."""

from django.contrib import admin

from payments.policy.models.mileage_rates import MileageRate
from payments.policy.models.versions import PolicyVersion
from people.read_only_admin import ReadOnlyAdmin


@admin.register(PolicyVersion)
class PolicyVersionAdmin(ReadOnlyAdmin):
    list_display = ["programme", "number", "effective_from", "published_at"]
    list_select_related = ["programme"]


@admin.register(MileageRate)
class MileageRateAdmin(ReadOnlyAdmin):
    list_display = [
        "effective_from",
        "vehicle",
        "first_band_pence",
        "first_band_miles",
        "after_pence",
        "passenger_pence",
    ]
