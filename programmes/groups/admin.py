"""Groups and terms of office in the admin, to look at."""

from django.contrib import admin

from people.read_only_admin import ReadOnlyAdmin
from programmes.programme.models.groups import Group, Term


@admin.register(Group)
class GroupAdmin(ReadOnlyAdmin):
    list_display = ["name", "kind", "programme"]
    list_filter = ["kind", "programme"]
    search_fields = ["name"]
    list_select_related = ["programme"]


@admin.register(Term)
class TermAdmin(ReadOnlyAdmin):
    list_display = ["person", "group", "seat", "office", "starts_on", "ends_on"]
    list_filter = ["seat", "office", "group"]
    search_fields = ["person__search_key"]
    list_select_related = ["person", "group"]
