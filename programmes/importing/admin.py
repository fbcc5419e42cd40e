"""Imports and their rules in the admin, to look at."""

from django.contrib import admin

from people.read_only_admin import ReadOnlyAdmin
from programmes.importing.models import ImportRule, PeopleImport


@admin.register(PeopleImport)
class PeopleImportAdmin(ReadOnlyAdmin):
    list_display = ["programme", "status", "size", "sent_by", "sent_at", "brought_at", "undone_at", "cleared_at"]
    list_filter = ["status"]
    list_select_related = ["programme", "sent_by"]


@admin.register(ImportRule)
class ImportRuleAdmin(ReadOnlyAdmin):
    list_display = ["programme", "effective_from", "most_rows", "most_bytes", "undo_days", "keep_days"]
    list_select_related = ["programme"]
