"""Reminders in the admin, to look at."""

from django.contrib import admin

from people.read_only_admin import ReadOnlyAdmin
from programmes.reminders.models import Reminder, ReminderRule


@admin.register(ReminderRule)
class ReminderRuleAdmin(ReadOnlyAdmin):
    list_display = ["programme", "subject", "effective_from", "is_on", "set_by"]
    list_filter = ["subject"]
    list_select_related = ["programme", "set_by"]


@admin.register(Reminder)
class ReminderAdmin(ReadOnlyAdmin):
    list_display = ["person", "programme", "subject", "number", "on"]
    list_filter = ["subject", "programme"]
    list_select_related = ["person", "programme"]
