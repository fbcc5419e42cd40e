"""Approvers and limits of warnings in the admin, to look at."""

from django.contrib import admin

from payments.approval.models import ApproverAssignment, WarningThresholds
from people.read_only_admin import ReadOnlyAdmin


@admin.register(ApproverAssignment)
class ApproverAssignmentAdmin(ReadOnlyAdmin):
    list_display = ["programme", "person", "deputises_for", "starts_on", "ends_on", "set_by"]
    list_select_related = ["programme", "person", "deputises_for", "set_by"]


@admin.register(WarningThresholds)
class WarningThresholdsAdmin(ReadOnlyAdmin):
    list_display = ["programme", "effective_from", "usual_percent", "usual_examples", "long_route_miles", "set_by"]
    list_select_related = ["programme", "set_by"]
