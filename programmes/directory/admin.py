"""Records of a programme's people and organisations in the admin, to look at. Notes are read by staff alone."""

from django.contrib import admin

from people.read_only_admin import ReadOnlyAdmin
from programmes.directory.models import OrganisationEntry, Tag


@admin.register(Tag)
class TagAdmin(ReadOnlyAdmin):
    list_display = ["name", "kind", "programme", "ended_at"]
    list_select_related = ["programme"]


@admin.register(OrganisationEntry)
class OrganisationEntryAdmin(ReadOnlyAdmin):
    list_display = ["organisation", "programme", "kind", "added_by"]
    list_select_related = ["organisation", "programme", "added_by"]
