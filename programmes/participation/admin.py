"""The profile of areas and reports on who takes part in the admin, to look at."""

from django.contrib import admin

from people.read_only_admin import ReadOnlyAdmin
from programmes.participation.models import AreaShare, ParticipationReport


@admin.register(AreaShare)
class AreaShareAdmin(ReadOnlyAdmin):
    list_display = ["programme", "question", "option", "percent", "source", "counted_on"]
    list_filter = ["programme"]
    list_select_related = ["programme"]


@admin.register(ParticipationReport)
class ParticipationReportAdmin(ReadOnlyAdmin):
    list_display = ["programme", "first_on", "last_on", "made_on"]
    list_filter = ["programme"]
    list_select_related = ["programme"]
